"""A later step with specklepy: the token of its environment, objects sent and received, a file downloaded."""

import os
from pathlib import Path
from tempfile import TemporaryDirectory

from specklepy.api import operations
from specklepy.api.client import SpeckleClient
from specklepy.objects import Base
from specklepy.transports.memory import MemoryTransport
from specklepy.transports.server import ServerTransport

server = os.environ["SPECKLE_SERVER"]
client = SpeckleClient(host=server, use_ssl=server.startswith("https:"))
client.authenticate_with_token(os.environ["SPECKLE_TOKEN"])
project = client.project.get(os.environ["SPECKLE_PROJECT_ID"])
print(f"{client.account.userInfo.name} ({client.account.userInfo.email}) in {project.name}")

deck = Base()
deck.name = "deck"
deck["@girders"] = [Base() for _ in range(3)]
for number, girder in enumerate(deck["@girders"]):
    girder.number = number
remote = ServerTransport(stream_id=project.id, client=client)
deck_id = operations.send(base=deck, transports=[remote], use_default_cache=False)
received = operations.receive(deck_id, remote_transport=remote, local_transport=MemoryTransport())
assert received.name == "deck"
assert [girder.number for girder in received["@girders"]] == [0, 1, 2]

# Files come by another HTTP library (httpx), which finds its authorities elsewhere (SSL_CERT_FILE).
with TemporaryDirectory() as folder:
    file = client.file_import.download_file(project.id, os.environ["FILE_ID"], Path(folder, "file"))
    assert file.read_text() == "A file of the footbridge.\n"
