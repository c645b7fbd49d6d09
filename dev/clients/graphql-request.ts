/** A later step with graphql-request. */
import { GraphQLClient } from 'graphql-request';

const { SPECKLE_SERVER: server, SPECKLE_TOKEN: token, SPECKLE_PROJECT_ID: id } = process.env;
const client = new GraphQLClient(`${server}/graphql`, { headers: { authorization: `Bearer ${token}` } });
const query = 'query ($id: String!) { activeUser { name } project(id: $id) { name } }';
console.log(JSON.stringify(await client.request(query, { id })));
