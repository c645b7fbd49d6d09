"""A later step with specklepy: the default account, and objects sent and received with it."""

import os

from specklepy.api import operations
from specklepy.api.client import SpeckleClient
from specklepy.api.credentials import get_default_account, get_local_accounts
from specklepy.objects import Base
from specklepy.transports.memory import MemoryTransport
from specklepy.transports.server import ServerTransport

account = get_default_account()
assert account is not None and account.isDefault
# Once from the JSON file, once from the database.
assert [each.id for each in get_local_accounts()] == [account.id, account.id]

server = account.serverInfo.url
assert server == os.environ["SPECKLE_SERVER"]
client = SpeckleClient(host=server, use_ssl=server.startswith("https:"))
client.authenticate_with_account(account)
user = client.active_user.get()
assert user is not None and user.email == account.userInfo.email
project = client.project.get(os.environ["SPECKLE_PROJECT_ID"])
print(f"{user.name} ({user.email}) in {project.name}")

pier = Base()
pier.name = "pier"
remote = ServerTransport(stream_id=project.id, account=account)
pier_id = operations.send(base=pier, transports=[remote], use_default_cache=False)
received = operations.receive(pier_id, remote_transport=remote, local_transport=MemoryTransport())
assert received.name == "pier"
