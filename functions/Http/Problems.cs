using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Serverless.Banking;
using Serverless.Banking.Customers;

namespace Serverless.Functions.Http;

/// <summary>The one place where the bank's errors become HTTP.</summary>
internal static class Problems
{
    public const string InvalidInputCode = "invalid_input";

    /// <summary>Long enough for a partner or the storage to come back, short enough for a person who waits.</summary>
    private const int RetryAfterSeconds = 5;

    public static int StatusOf(Error error) => error switch
    {
        Invalid or InvalidInput => StatusCodes.Status400BadRequest,
        Unauthenticated => StatusCodes.Status401Unauthorized,
        Forbidden => StatusCodes.Status403Forbidden,
        NotFound => StatusCodes.Status404NotFound,
        Conflict => StatusCodes.Status409Conflict,
        Refused => StatusCodes.Status422UnprocessableEntity,
        TooManyRequests => StatusCodes.Status429TooManyRequests,
        Unavailable => StatusCodes.Status503ServiceUnavailable,
        HttpError http => http.Status,
        _ => StatusCodes.Status500InternalServerError,
    };

    public static IEnumerable<(string Name, string Value)> HeadersOf(Error error)
    {
        switch (error)
        {
            case BankBusy { RetryAfterSeconds: var later }:
                yield return ("Retry-After", $"{later}");
                break;
            case Unavailable:
                yield return ("Retry-After", $"{RetryAfterSeconds}");
                break;
            case TooManyRequests { RetryAfterSeconds: var seconds }:
                yield return ("Retry-After", $"{seconds}");
                break;
            case TokenMissing:
                yield return ("WWW-Authenticate", "Bearer");
                break;
            case Unauthenticated refused:
                yield return ("WWW-Authenticate", $"Bearer error=\"invalid_token\", error_description=\"{refused.Code}\"");
                break;
            case PaymentRightMissing or ScopeRequired or RoleMissing:
                yield return ("WWW-Authenticate", "Bearer error=\"insufficient_scope\"");
                break;
            case MethodNotAllowed it:
                yield return ("Allow", string.Join(", ", it.Allowed));
                break;
            case UnsupportedMediaType it:
                yield return ("Accept", it.Expected);
                break;
        }
    }

    /// <summary>
    /// <c>type</c>, <c>title</c>, <c>status</c>, <c>detail</c>, <c>code</c>, <c>instance</c>, <c>traceId</c>, then the error's facts; for faulty
    /// input <c>errors</c>, each with <c>pointer</c> (into the body) or <c>parameter</c> (query or header), <c>code</c>, <c>detail</c> and its facts.
    /// </summary>
    public static JsonObject Document(Error error, HttpContext http, Language language)
    {
        var code = CodeOf(error);
        var text = ErrorTexts.Find(language, code);
        var facts = error is Invalid ? new JsonObject() : Facts.Of(error);
        var document = new JsonObject
        {
            ["type"] = $"/problems/{code}",
            ["title"] = text?.Title ?? code,
            ["status"] = StatusOf(error),
            ["detail"] = text is null ? code : ErrorTexts.Fill(text.Detail, error, language),
            ["code"] = code,
            ["instance"] = http.Request.Path.Value,
            ["traceId"] = Trace.IdOf(http),
        };
        foreach (var (name, value) in facts)
            document[name] = value?.DeepClone();
        if (FaultsOf(error) is { } faults)
            document["errors"] = new JsonArray([.. faults.Select(fault => Entry(fault, language))]);
        return document;
    }

    /// <summary>Clients see one code for faulty input, however many faults there are.</summary>
    public static string CodeOf(Error error) => error is Invalid ? InvalidInputCode : error.Code;

    private static IReadOnlyList<Invalid>? FaultsOf(Error error) => error switch
    {
        InvalidInput several => several.Faults,
        Invalid one => [one],
        _ => null,
    };

    private static JsonNode Entry(Invalid fault, Language language)
    {
        var entry = new JsonObject
        {
            [fault.Field is "" or ['/', ..] ? "pointer" : "parameter"] = fault.Field,
            ["code"] = fault.Code,
            ["detail"] = ErrorTexts.Find(language, fault.Code) is { } text ? ErrorTexts.Fill(text.Detail, fault, language) : fault.Code,
        };
        foreach (var (name, value) in Facts.Of(fault))
            entry[name] = value?.DeepClone();
        return entry;
    }
}
