"""The tests of a Speckle Automate function, with the fixtures of the SDK as the function templates use them."""

import os

from speckle_automate.fixtures import *  # noqa: F403


def test_the_fixtures_read_what_was_exported(test_automation_environment):
    found = test_automation_environment
    assert found.token == os.environ["SPECKLE_TOKEN"]
    assert found.server_url == os.environ["SPECKLE_SERVER_URL"]
    assert found.project_id == os.environ["SPECKLE_PROJECT_ID"]
    assert found.automation_id == os.environ["SPECKLE_AUTOMATION_ID"]


def test_the_client_is_authenticated(speckle_client, test_automation_environment):
    project = speckle_client.project.get(test_automation_environment.project_id)
    print(f"{speckle_client.account.userInfo.name} in {project.name}")


def test_a_run_of_the_automation_can_be_created(test_automation_run_data, test_automation_environment):
    assert test_automation_run_data.automation_id == test_automation_environment.automation_id
    assert test_automation_run_data.triggers[0].payload.model_id == "a1b2c3d4e5"
