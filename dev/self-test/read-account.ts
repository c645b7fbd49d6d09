/** A later step that reads the account as the SDKs do, both ways, and asks its server who it is. */
import { deepStrictEqual, strictEqual } from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';

interface Account {
  readonly token: string;
  readonly isDefault: boolean;
  readonly serverInfo: { readonly url: string };
  readonly userInfo: { readonly name: string };
}

const { SPECKLE_USERDATA_PATH: folder = '', SPECKLE_TOKEN, SPECKLE_SERVER } = process.env;
const files = join(folder, 'Speckle', 'Accounts');
const inFiles = readdirSync(files).map((name) => readFileSync(join(files, name), 'utf8'));
const database = new DatabaseSync(join(folder, 'Speckle', 'Accounts.db'), { readOnly: true });
const inDatabase = database.prepare('SELECT content FROM objects').all();
database.close();

deepStrictEqual(inFiles.toSorted(), inDatabase.map(({ content }) => String(content)).toSorted());
const accounts = inFiles.map((text) => JSON.parse(text) as Account);
const [account, ...others] = accounts.filter(({ isDefault }) => isDefault);
strictEqual(others.length, 0);
strictEqual(account?.token, SPECKLE_TOKEN);
strictEqual(account?.serverInfo.url, SPECKLE_SERVER);

const response = await fetch(`${account?.serverInfo.url}/graphql`, {
  method: 'POST',
  headers: { 'content-type': 'application/json', authorization: `Bearer ${account?.token}` },
  body: JSON.stringify({ query: '{ activeUser { name } }' }),
});
deepStrictEqual(await response.json(), { data: { activeUser: { name: account?.userInfo.name } } });
console.log(
  `${accounts.length} accounts, of which ${account?.userInfo.name} at ${SPECKLE_SERVER} is the default.`,
);
