using Microsoft.AspNetCore.WebUtilities;
using Microsoft.OpenApi;

namespace Serverless.Functions.OpenApi;

/// <summary>Most refusals come up in many operations: each such response stands in the document once, which makes it less than half as long.</summary>
internal static class SharedResponses
{
    /// <remarks>
    /// What stands in place of a response says nothing but where it is, so only those that are the same to the letter are shared: problem documents, whose description names all
    /// their codes. Named by their status, the first as <c>Unauthorized</c>, the next as <c>Unauthorized2</c>.
    /// </remarks>
    public static void Share(OpenApiDocument document)
    {
        var used = document.Paths.Values.SelectMany(path => path.Operations!.Values)
            .SelectMany(operation => operation.Responses!.Select(response => (Operation: operation, Status: response.Key, Response: response.Value)))
            .Where(one => one.Response.Content is { Count: 1 } content && content.ContainsKey(Http.ProblemResult.ContentType))
            .GroupBy(one => (one.Status, one.Response.Description))
            .Where(same => same.Count() > 1)
            .GroupBy(same => same.Key.Status, StringComparer.Ordinal);
        foreach (var status in used.ToList())
        {
            foreach (var (same, number) in status.Select((same, at) => (same, at + 1)))
            {
                var name = ReasonPhrases.GetReasonPhrase(int.Parse(status.Key, System.Globalization.CultureInfo.InvariantCulture)).Replace(" ", "", StringComparison.Ordinal)
                    + (number == 1 ? "" : $"{number}");
                document.AddComponent(name, same.First().Response);
                foreach (var (operation, code, _) in same)
                    operation.Responses![code] = new OpenApiResponseReference(name, document);
            }
        }
    }
}
