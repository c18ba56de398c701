using Microsoft.AspNetCore.Http;
using Serverless.Banking;

namespace Serverless.Functions.Http;

/// <summary>Reads what a function declares besides its body: the idempotency key, the page, the query.</summary>
internal static class Envelope
{
    public const string IdempotencyKeyHeader = "Idempotency-Key";

    /// <summary>Fills the call; every fault lands in <see cref="Call.Faults"/>.</summary>
    public static void Read(Call call)
    {
        var faults = new List<Invalid>();
        var request = call.Http.Request;
        var declaration = call.Declaration;
        if (declaration.IsIdempotent)
            call.IdempotencyKey = ReadKey(request, faults);
        var values = ReadQuery(request, declaration, faults);
        if (declaration.Paging is { } paging)
            call.Page = ReadPage(request, paging, values, faults);
        if (declaration.Query is { } query)
            call.Query = QueryValues.Read(query, values, faults);
        call.Faults = faults;
    }

    private static IdempotencyKey? ReadKey(HttpRequest request, List<Invalid> faults)
    {
        var header = request.Headers[IdempotencyKeyHeader];
        if (header.Count == 0)
            faults.Add(new IdempotencyKeyMissing(IdempotencyKeyHeader));
        else if (header.Count == 1 && IdempotencyKey.Find(header[0]) is { } key)
            return key;
        else
            faults.Add(new IdempotencyKeyMalformed(IdempotencyKeyHeader));
        return null;
    }

    /// <summary>A misspelt filter would silently widen a list, so unknown names are refused. <c>code</c> carries a key of the functions host.</summary>
    private static Dictionary<string, string> ReadQuery(HttpRequest request, FunctionDeclaration declaration, List<Invalid> faults)
    {
        var values = new Dictionary<string, string>(StringComparer.Ordinal);
        // The collection ignores case and our names do not, so the text of the query is what is read.
        foreach (var pair in new Microsoft.AspNetCore.WebUtilities.QueryStringEnumerable(request.QueryString.Value))
        {
            var name = pair.DecodeName().ToString();
            if (name.Length > 64 || !declaration.QueryNames.Contains(name))
            {
                if (name != "code")
                    faults.Add(new UnknownParameter(name.Length > 64 ? name[..64] : name));
            }
            else if (!values.TryAdd(name, pair.DecodeValue().ToString()))
                faults.Add(new RepeatedParameter(name));
            if (faults.Count >= ShapeReader.MaxFaults)
                break;
        }

        return values;
    }

    private static PageRequest? ReadPage(HttpRequest request, PagedAttribute paging, Dictionary<string, string> values, List<Invalid> faults)
    {
        var before = faults.Count;
        string? after = null;
        if (values.TryGetValue("limit", out var limit) && ShapeReader.Text(new IntegerShape(1, paging.AtMost), limit, "limit") is { } fault)
            faults.Add(fault);
        if (values.TryGetValue("cursor", out var cursor) && (after = Cursors.Of(request).Open(cursor)) is null)
            faults.Add(new CursorInvalid("cursor"));
        return faults.Count > before
            ? null
            : new PageRequest(limit is null ? paging.Default : int.Parse(limit, System.Globalization.CultureInfo.InvariantCulture), after);
    }
}
