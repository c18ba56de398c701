using System.Text.Json;

namespace Serverless.Sandbox.Http;

internal static class Bodies
{
    /// <summary>Reads the JSON body, checks it and handles it; unreadable or faulty input is answered 400 and not handled.</summary>
    /// <remarks>The content type is not looked at: a body from <c>curl -d</c> counts as JSON too.</remarks>
    public static async Task<IResult> ReadAsync<TBody, TCommand>(
        this HttpRequest request, Func<TBody, Faults, TCommand> parse, Func<TCommand, IResult> handle)
        where TBody : class
    {
        var faults = new Faults();
        var body = await ParseAsync<TBody>(request, faults);
        if (body is null)
        {
            return faults.Answer();
        }

        var command = parse(body, faults);
        return faults.Any ? faults.Answer() : handle(command);
    }

    private static async Task<TBody?> ParseAsync<TBody>(HttpRequest request, Faults faults)
        where TBody : class
    {
        try
        {
            var body = await JsonSerializer.DeserializeAsync<TBody>(request.Body, Answers.Options, request.HttpContext.RequestAborted);
            if (body is null)
            {
                faults.Add("", "Must be a JSON object.");
            }

            return body;
        }
        catch (JsonException unreadable)
        {
            faults.Add(Pointer(unreadable.Path), "Is no JSON of the expected shape here: wrong type, unknown or repeated member, or broken syntax.");
            return null;
        }
    }

    /// <summary><c>$.amount.currency</c> as <c>/amount/currency</c>.</summary>
    private static string Pointer(string? path) =>
        path is null or "$" ? "" : path.TrimStart('$').Replace("['", ".", StringComparison.Ordinal).Replace("']", "", StringComparison.Ordinal)
            .Replace('[', '.').Replace("]", "", StringComparison.Ordinal).Replace('.', '/');
}
