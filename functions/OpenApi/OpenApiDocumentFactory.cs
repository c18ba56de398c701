using System.Text.Json.Nodes;
using Microsoft.OpenApi;
using Serverless.Functions.Http;

namespace Serverless.Functions.OpenApi;

/// <summary>Writes the OpenAPI 3.1 document from what the functions declare. There is no other source.</summary>
internal sealed class OpenApiDocumentFactory(FunctionCatalogue catalogue)
{
    private const string Bearer = "bearer";
    private const string LanguageParameter = "AcceptLanguage";
    private const string KeyParameter = "IdempotencyKey";
    private const string ConfirmationParameter = "StrongConfirmation";
    private const string ChallengeParameter = "ConfirmationChallenge";
    private const string LimitParameter = "Limit";
    private const string CursorParameter = "Cursor";

    /// <exception cref="NotSupportedException">A declared record has a member that the API has no form for; the message names it.</exception>
    public OpenApiDocument Make()
    {
        var document = new OpenApiDocument
        {
            Info = new OpenApiInfo
            {
                Title = "Serverless bank",
                Version = "v1",
                Description = Description,
                License = new OpenApiLicense { Name = "MIT", Identifier = "MIT" },
            },
            Servers = [new OpenApiServer { Url = "/" }],
            Paths = [],
            Components = new OpenApiComponents(),
        };
        AddSecurity(document);
        AddParameters(document);
        ProblemResponses.AddSchemas(document);
        var schemas = new SchemaFactory(document);
        foreach (var declaration in catalogue.All.Where(d => d.IsDocumented))
            Add(declaration, document, schemas);
        RemoveUnusedParameters(document);
        SharedResponses.Share(document);
        document.Tags = catalogue.All.Where(d => d.IsDocumented).Select(d => d.Capability).Distinct().Order(StringComparer.Ordinal)
            .Select(capability => new OpenApiTag { Name = capability }).ToHashSet();
        return document;
    }

    private static void Add(FunctionDeclaration declaration, OpenApiDocument document, SchemaFactory schemas)
    {
        var path = RouteTemplates.PathOf(declaration.Route);
        if (!document.Paths.TryGetValue(path, out var item))
            document.Paths.Add(path, item = new OpenApiPathItem());
        foreach (var method in declaration.Methods)
            ((OpenApiPathItem)item).AddOperation(HttpMethod.Parse(method), Operation(declaration, document, schemas));
    }

    private static OpenApiOperation Operation(FunctionDeclaration declaration, OpenApiDocument document, SchemaFactory schemas)
    {
        var operation = new OpenApiOperation
        {
            OperationId = declaration.Name,
            Summary = declaration.Summary?.Text,
            Description = declaration.Summary?.Details,
            Tags = new HashSet<OpenApiTagReference> { new(declaration.Capability, document) },
            Parameters = [.. Parameters(declaration, document, schemas)],
            Responses = [],
            Security = Security(declaration.Access, document),
            Extensions = new Dictionary<string, IOpenApiExtension>
            {
                ["x-access"] = new JsonNodeExtension(Access(declaration.Access)),
                ["x-priority"] = new JsonNodeExtension(declaration.Priority.ToString().ToLowerInvariant()),
            },
        };
        if (declaration.Confirmed is { } confirmed)
            operation.Extensions["x-confirmed"] = new JsonNodeExtension(confirmed.Operation);
        if (declaration.Body is { } body)
            operation.RequestBody = RequestBody(body, schemas);
        foreach (var answer in declaration.Answers)
            operation.Responses[$"{answer.Status}"] = Answer(answer, schemas);
        ProblemResponses.Add(operation.Responses, declaration, document);
        return operation;
    }

    /// <summary>Who may call, for readers that are programs; <c>roles</c> of the staff, one of which is needed; <c>scope</c> the narrowest kind of session that is let in.</summary>
    private static JsonObject Access(AccessAttribute? access)
    {
        var json = new JsonObject { ["right"] = access?.Right.ToString().ToLowerInvariant() ?? "nobody" };
        if (access is { Roles.Length: > 0 })
            json["roles"] = new JsonArray([.. access.Roles.Select(role => (JsonNode)role)]);
        if (access is { Scope: Banking.Sessions.SessionScope.SmartPay })
            json["scope"] = "smart_pay";
        if (access is { AlsoEnded: true })
            json["alsoEnded"] = true;
        return json;
    }

    private static OpenApiRequestBody RequestBody(BodyAttribute body, SchemaFactory schemas)
    {
        var shape = Shapes.Of(body.Type);
        return new OpenApiRequestBody
        {
            Required = true,
            Description = $"At most {body.MaxBytes / 1024} KB, UTF-8.",
            Content = new Dictionary<string, OpenApiMediaType>
            {
                ["application/json"] = new OpenApiMediaType { Schema = schemas.Of(shape, isInput: true), Example = Examples.Of(shape) },
            },
        };
    }

    private static OpenApiResponse Answer(AnswersAttribute answer, SchemaFactory schemas)
    {
        var response = new OpenApiResponse { Description = answer.Meaning ?? Meaning(answer.Status) };
        if (answer.Type is { } type)
        {
            var shape = Shapes.Of(type);
            response.Content = new Dictionary<string, OpenApiMediaType>
            {
                ["application/json"] = new OpenApiMediaType { Schema = schemas.Of(shape, isInput: false), Example = Examples.Of(shape) },
            };
        }
        else if (answer.ContentType is { } contentType)
            response.Content = new Dictionary<string, OpenApiMediaType> { [contentType] = new OpenApiMediaType() };

        return response;
    }

    private static string Meaning(int status) => status switch
    {
        200 => "Done.",
        201 => "Created.",
        202 => "Accepted; what becomes of it can be looked up.",
        204 => "Done, nothing to say.",
        _ => Microsoft.AspNetCore.WebUtilities.ReasonPhrases.GetReasonPhrase(status),
    };

    private static IEnumerable<IOpenApiParameter> Parameters(FunctionDeclaration declaration, OpenApiDocument document, SchemaFactory schemas)
    {
        foreach (var (name, shape) in RouteTemplates.ParametersOf(declaration.Route))
            yield return new OpenApiParameter { Name = name, In = ParameterLocation.Path, Required = true, Schema = schemas.Of(shape, isInput: true) };
        if (declaration.Query is { } query)
        {
            foreach (var member in ((ObjectShape)Shapes.Of(query)).Members.Value)
                yield return Query(member, schemas);
        }

        if (declaration.Paging is { } paging)
        {
            yield return paging is { Default: Banking.PageRequest.DefaultLimit, AtMost: Banking.PageRequest.MaxLimit }
                ? new OpenApiParameterReference(LimitParameter, document)
                : Limit(paging);
            yield return new OpenApiParameterReference(CursorParameter, document);
        }

        if (declaration.IsIdempotent)
            yield return new OpenApiParameterReference(KeyParameter, document);
        if (declaration.Confirmed is not null)
            yield return new OpenApiParameterReference(ConfirmationParameter, document);
        if (declaration.IsChallenged)
            yield return new OpenApiParameterReference(ChallengeParameter, document);
        foreach (var header in declaration.Headers)
            yield return Header(header.Name, header.Meaning, isRequired: true, new OpenApiSchema { Type = JsonSchemaType.String });
        yield return new OpenApiParameterReference(LanguageParameter, document);
    }

    private static OpenApiParameter Query(MemberShape member, SchemaFactory schemas) => new()
    {
        Name = member.Name,
        In = ParameterLocation.Query,
        Required = member.IsRequired,
        Description = member.Description,
        Schema = schemas.Of(member.Shape, isInput: true),
    };

    private static void AddParameters(OpenApiDocument document)
    {
        document.AddComponent<IOpenApiParameter>(LanguageParameter, Header(
            "Accept-Language", "Language of the texts for people: `sq` or `en` (default).", isRequired: false, new OpenApiSchema { Type = JsonSchemaType.String }));
        document.AddComponent<IOpenApiParameter>(KeyParameter, Header(
            Envelope.IdempotencyKeyHeader,
            "The caller's own name for this order, sent again with every retry: the same key and body give the same answer, the same key with another body 422.",
            isRequired: true,
            new OpenApiSchema { Type = JsonSchemaType.String, MinLength = 1, MaxLength = Banking.IdempotencyKey.MaxLength, Pattern = "^[!-~]+$" }));
        document.AddComponent<IOpenApiParameter>(ConfirmationParameter, Header(
            Confirmation.Header,
            """
            The customer's strong confirmation of exactly this, used once. Left out where the quote says `confirmation.required: false`.

            On a trusted device: a JWS (compact, ES256) by the installation's key, with the protected header `{"alg":"ES256","typ":"confirmation+jwt"}` and the
            payload `{"challenge":…,"facts":…,"iat":…}`: the SHA-256 (base64url) of the quote's id or of the challenge, the `hash` or `factsHash` as the bank gave
            it, and the time in seconds. Anywhere: the id that `POST /api/v1/confirmations` answers, a full stop, and the code that it sends.
            """,
            isRequired: false,
            new OpenApiSchema { Type = JsonSchemaType.String, MaxLength = 2000 }));
        document.AddComponent<IOpenApiParameter>(ChallengeParameter, Header(
            Confirmation.ChallengeHeader,
            "Sent with `Strong-Confirmation`: the `challenge` of the `confirmation_required` that the same request without them was answered with.",
            isRequired: false,
            new OpenApiSchema { Type = JsonSchemaType.String, MaxLength = Banking.Quotes.SealedQuotes.LengthAtMost }));
        document.AddComponent<IOpenApiParameter>(LimitParameter, Limit(new PagedAttribute()));
        document.AddComponent<IOpenApiParameter>(CursorParameter, new OpenApiParameter
        {
            Name = "cursor",
            In = ParameterLocation.Query,
            Description = "The page before's `nextCursor`; opaque, bound to this list, these filters and this caller.",
            Schema = new OpenApiSchema { Type = JsonSchemaType.String, MaxLength = Cursors.MaxLength },
        });
    }

    /// <summary>A parameter that no operation takes would be one to wonder about.</summary>
    private static void RemoveUnusedParameters(OpenApiDocument document)
    {
        var used = document.Paths.Values.SelectMany(path => path.Operations!.Values).SelectMany(operation => operation.Parameters!)
            .OfType<OpenApiParameterReference>().Select(parameter => parameter.Reference.Id).ToHashSet();
        foreach (var name in document.Components!.Parameters!.Keys.Except(used).ToList())
            document.Components.Parameters.Remove(name!);
    }

    private static OpenApiParameter Limit(PagedAttribute paging) => new()
    {
        Name = "limit",
        In = ParameterLocation.Query,
        Description = "Most items on the page.",
        Schema = new OpenApiSchema { Type = JsonSchemaType.Integer, Minimum = "1", Maximum = $"{paging.AtMost}", Default = paging.Default },
    };

    private static OpenApiParameter Header(string name, string meaning, bool isRequired, OpenApiSchema schema) =>
        new() { Name = name, In = ParameterLocation.Header, Required = isRequired, Description = meaning, Schema = schema };

    private static void AddSecurity(OpenApiDocument document) => document.AddComponent<IOpenApiSecurityScheme>(Bearer, new OpenApiSecurityScheme
    {
        Type = SecuritySchemeType.Http,
        Scheme = "bearer",
        BearerFormat = "JWT",
        Description = "An ES256 access token of the bank's token issuer. The name beside an operation is the right it needs: `info`, `payment`, or a role of the staff.",
    });

    private static List<OpenApiSecurityRequirement> Security(AccessAttribute? access, OpenApiDocument document) => access is null or { Right: Right.Public or Right.Partner }
        ? []
        : [new OpenApiSecurityRequirement
        {
            [new OpenApiSecuritySchemeReference(Bearer, document)] = access.Right == Right.Staff ? ["staff", .. access.Roles] : [access.Right.ToString().ToLowerInvariant()],
        }];

    private const string Description = """
        The backend of a retail mobile bank.

        - Ids and codes are case-exact; JSON is camelCase; members, query parameters and content types that are not listed are refused.
        - Amounts are decimal strings with the currency's own number of digits; dates are ISO 8601; times are UTC; business dates are Europe/Tirane.
        - Errors are problem documents (RFC 9457). Branch on `code`; `title` and `detail` are for people, in Albanian or English by `Accept-Language`.
        - 400: faulty input, every fault listed. 404: unknown, or somebody else's. 409: not in this state. 422: a rule of the bank says no. 503: try again after `Retry-After`.
        """;
}
