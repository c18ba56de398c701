// What Spectral holds the OpenAPI document against: its own rules for OpenAPI, and the API's conventions (docs/api-conventions.md) as data.
import { defined, falsy, pattern, schema, truthy } from '@stoplight/spectral-functions';
import { oas } from '@stoplight/spectral-rulesets';

const operations = '$.paths[*][get,put,post,patch,delete]';
const sent = (place = '') => [`${operations}.requestBody.content[application/json].schema${place}`, `$.components.schemas[?(@property.match(/Input$/))]${place}`];
const error = (description, given, then) => ({ description, message: '{{description}} {{error}}', severity: 'error', given, then });
const matches = (match) => ({ function: pattern, functionOptions: { match } });
const isNot = (notMatch) => ({ function: pattern, functionOptions: { notMatch } });

const access = {
  type: 'object',
  required: ['right'],
  additionalProperties: false,
  properties: {
    right: { enum: ['public', 'info', 'payment', 'staff', 'partner'] },
    roles: { type: 'array', minItems: 1, uniqueItems: true, items: { type: 'string', pattern: '^[a-z_]+$' } },
    scope: { enum: ['smart_pay'] },
    alsoEnded: { const: true },
  },
  if: { properties: { right: { const: 'staff' } } },
  then: { propertyNames: { enum: ['right', 'roles'] } },
  else: { not: { required: ['roles'] } },
};

export default {
  extends: [[oas, 'all']],
  rules: {
    // Support goes by the bank's own channels, which the info object cannot name.
    'info-contact': 'off',
    // OpenAPI 3.1 names a licence by its SPDX identifier instead of an address.
    'license-url': 'off',
    // Summaries say it; a description is there when the summary leaves something open.
    'operation-description': 'off',
    // The tags are the capabilities' names, and say no more than those.
    'tag-description': 'off',
    // Ids in addresses are named for what they identify.
    'oas3-parameter-description': 'off',
    // OpenAPI 3.1 lets every kind of security scheme name the roles that are needed.
    'oas3-operation-security-defined': 'off',
    // A problem is documented once per code and referred to from every operation; held against each of those it would take most of the time.
    'oas3-valid-media-example': { ...oas.rules['oas3-valid-media-example'], given: ["$.paths[*][*]..content[?(@property === 'application/json' && @.schema && @.example !== void 0)]"] },

    'bank-operation-id': error('An operation is named Capability_Verb, as its function is.', `${operations}.operationId`, matches('^[A-Z][A-Za-z0-9]*_[A-Z][A-Za-z0-9]*$')),
    'bank-summary': error('A summary is one sentence.', operations, { field: 'summary', ...matches('^[A-Z].*\\.$') }),
    'bank-access': error('Every operation says who may call it.', operations, {
      field: 'x-access', function: schema, functionOptions: { dialect: 'draft2020-12', schema: access },
    }),
    'bank-address': error('Addresses are lower case with hyphens, below the part of the API that they belong to.', '$.paths', {
      field: '@key',
      ...matches('^/api/((v1|backoffice/v1|public/v1|webhooks)(/([a-z0-9]+(-[a-z0-9]+)*|\\{[a-z][A-Za-z]*\\}))+|health/(live|ready)|docs(/.*)?|desk(/.*)?|openapi\\.json)$'),
    }),
    'bank-problems': error('Every refusal is a problem document (RFC 9457).', `${operations}.responses[?(@property.match(/^[45]/))].content`, {
      field: 'application/problem+json', function: truthy,
    }),
    'bank-closed-input': error('What is sent to the bank is closed to members that it does not know.', sent(), [
      { field: 'additionalProperties', function: defined }, { field: 'additionalProperties', function: falsy },
    ]),
    'bank-bounded-text': error('Text that is sent to the bank has an end.', sent(".properties[?(@.type === 'string' && !@.enum && !@.format)]"), {
      field: 'maxLength', function: truthy,
    }),
    'bank-bounded-list': error('Lists that are sent to the bank have an end.', sent(".properties[?(@.type === 'array')]"), { field: 'maxItems', function: truthy }),
    'bank-money-is-text': error('Amounts are decimal strings, never numbers.', '$.components.schemas[*].properties[?(@property.match(/amount$/i))]', {
      field: 'type', ...isNot('^number$'),
    }),
    'bank-members': error('JSON members are camelCase.', '$.components.schemas[*].properties', { field: '@key', ...matches('^[a-z][A-Za-z0-9]*$') }),
    'bank-no-secret-in-address': error(
      'Addresses end up in logs and histories, so no secret travels in them.', `${operations}.parameters[?(@.in === 'query')]`,
      { field: 'name', ...isNot('/(password|otp|pin|cvv|pan|secret|token)$/i') },
    ),
  },
};
