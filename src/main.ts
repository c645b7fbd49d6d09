import * as core from '@actions/core';
import { GraphQLClient } from 'graphql-request';

core.info(String(GraphQLClient));
