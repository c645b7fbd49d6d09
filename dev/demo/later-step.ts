/** A step as a user would write it: it knows nothing but the environment, and reads its user and their projects. */
const { SPECKLE_SERVER_URL: server, SPECKLE_TOKEN: token } = process.env;
const response = await fetch(`${server}/graphql`, {
  method: 'POST',
  headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
  body: JSON.stringify({ query: '{ activeUser { name projects(limit: 10) { items { id name } } } }' }),
});
const { data } = (await response.json()) as {
  data: { activeUser: { name: string; projects: { items: { id: string; name: string }[] } } };
};
process.stdout.write(`I am ${data.activeUser.name}, and my projects are:\n`);
for (const { id, name } of data.activeUser.projects.items) process.stdout.write(`- ${name} (${id})\n`);
