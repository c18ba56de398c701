using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Serverless.Functions.Tests.Http;
using Serverless.Testing;

namespace Serverless.Functions.Tests.Access;

/// <summary>A call with places for ids, each named for the kind of thing that it identifies: <c>{contract}</c>. <c>{=pin}</c> is always the caller's own.</summary>
internal sealed partial record CallTemplate(ApiOperation Operation, string Address, JsonNode? Body)
{
    /// <summary>Kinds of the ids that the call takes, one for each place; the same kind may come up more than once.</summary>
    public IReadOnlyList<string> Slots { get; } = [.. Places.Matches(Address).Concat(Texts(Body).SelectMany(text => Places.Matches(text))).Select(place => place.Groups[1].Value)];

    /// <param name="fill">The value for the n-th place of a kind.</param>
    /// <param name="own">What the caller knows besides ids.</param>
    public async Task<Answer> SendAsync(HttpClient client, Func<int, string, string> fill, IReadOnlyDictionary<string, string> own)
    {
        var slot = 0;
        using var request = new HttpRequestMessage(HttpMethod.Parse(Operation.Method), $"api/{Filled(Address, Uri.EscapeDataString)}");
        if (Body is not null)
            request.Content = HttpBank.Json(FilledBody(Body).ToJsonString());
        foreach (var header in Operation.Headers)
            request.Headers.TryAddWithoutValidation(header, Guid.NewGuid().ToString("N"));
        using var response = await client.SendAsync(request);
        return await Answer.ReadAsync(response);

        JsonNode FilledBody(JsonNode node) => node switch
        {
            JsonObject it => new JsonObject(it.Select(member => KeyValuePair.Create(member.Key, member.Value is null ? null : FilledBody(member.Value)))),
            JsonArray it => new JsonArray([.. it.Select(item => item is null ? null : FilledBody(item))]),
            JsonValue it when it.TryGetValue<string>(out var text) => JsonValue.Create(Filled(text, value => value))!,
            _ => node.DeepClone(),
        };

        string Filled(string text, Func<string, string> escape)
        {
            var known = OwnFacts.Replace(text, fact => escape(own[fact.Groups[1].Value]));
            return Places.Replace(known, place => escape(fill(slot++, place.Groups[1].Value)));
        }
    }

    /// <summary>Shaped like an id that exists, and nobody's.</summary>
    public static string Unknown(string like)
    {
        if (Guid.TryParse(like, out _))
            return Guid.NewGuid().ToString(like.Contains('-', StringComparison.Ordinal) ? "D" : "N");
        var text = new StringBuilder(like);
        for (var i = like.Length / 2; i < like.Length; i++)
        {
            if (char.IsAsciiLetterOrDigit(like[i]))
            {
                text[i] = like[i] switch { '9' => '8', 'z' => 'y', 'Z' => 'Y', var c => (char)(c + 1) };
                return text.ToString();
            }
        }

        throw new ArgumentException(string.Create(CultureInfo.InvariantCulture, $"'{like}' has nothing to change."), nameof(like));
    }

    private static IEnumerable<string> Texts(JsonNode? node) => node switch
    {
        JsonObject it => it.SelectMany(member => Texts(member.Value)),
        JsonArray it => it.SelectMany(Texts),
        JsonValue it when it.TryGetValue<string>(out var text) => [text],
        _ => [],
    };

    [GeneratedRegex(@"\{([a-z][A-Za-z0-9_ ]*)\}")]
    private static partial Regex Places { get; }

    [GeneratedRegex(@"\{=([A-Za-z0-9]+)\}")]
    public static partial Regex OwnFacts { get; }
}
