/** A later step with Node's own fetch. */
const { SPECKLE_SERVER: server, SPECKLE_TOKEN: token, SPECKLE_PROJECT_ID: id } = process.env;
const response = await fetch(`${server}/graphql`, {
  method: 'POST',
  headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
  body: JSON.stringify({
    query: 'query ($id: String!) { activeUser { name } project(id: $id) { name } }',
    variables: { id },
  }),
});
console.log(response.status, await response.text());
