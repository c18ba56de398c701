using System.Collections.Concurrent;
using System.Text.RegularExpressions;
using Azure.Core;
using Azure.Core.Pipeline;

namespace Serverless.Bench;

/// <summary>How often a storage client called which kind of partition of which table, in memory that does not grow with the calls.</summary>
/// <remarks>
/// A kind of partition is its key with what differs between customers, accounts and days replaced: <c>{customer}</c>, <c>{id}</c>, <c>{day}</c>,
/// <c>{iban}</c>, <c>{n}</c> for a number or a shard. What a call asks of its partition is counted in rows: those of a transaction, else one.
/// </remarks>
internal sealed partial class CallTally : HttpPipelinePolicy
{
    private readonly ConcurrentDictionary<(string What, int Rows, int Kept), int> counts = new();
    private int total;

    public int Total => Volatile.Read(ref total);

    /// <summary>Calls by method, table and kind of partition: <c>POST BillPayments {customer}</c>.</summary>
    public IReadOnlyList<Tally> All =>
    [
        .. counts.ToArray().GroupBy(one => one.Key.What, StringComparer.Ordinal)
            .Select(group => new Tally(group.Key, group.Sum(one => one.Value), group.Sum(one => one.Value * one.Key.Rows), group.Sum(one => one.Value * one.Key.Kept))).OrderBy(one => one.What, StringComparer.Ordinal),
    ];

    public int Of(string method, string table) => counts.Where(one => one.Key.What.StartsWith($"{method} {table} ", StringComparison.Ordinal)).Sum(one => one.Value);

    public void Reset()
    {
        counts.Clear();
        Volatile.Write(ref total, 0);
    }

    public override async ValueTask ProcessAsync(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline)
    {
        var key = await ReadAsync(message.Request, message.CancellationToken);
        counts.AddOrUpdate(key, 1, (_, count) => count + 1);
        Interlocked.Increment(ref total);
        await ProcessNextAsync(message, pipeline);
    }

    public override void Process(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline) =>
        throw new NotSupportedException("Storage is called asynchronously.");

    private static async Task<(string What, int Rows, int Kept)> ReadAsync(Request request, CancellationToken cancellation)
    {
        var path = Uri.UnescapeDataString(request.Uri.Path ?? "");
        if (path.EndsWith("$batch", StringComparison.Ordinal))
        {
            var changes = ChangeShape.Matches(await BodyAsync(request, cancellation));
            var kept = changes.Count(change => change.Value.StartsWith("POST", StringComparison.Ordinal)) - changes.Count(change => change.Value.StartsWith("DELETE", StringComparison.Ordinal));
            return ($"POST {Table(changes[0].Groups[1].Value)} {Kind(Uri.UnescapeDataString(Key(changes[0])))}", changes.Count, kept);
        }

        var name = path.Split('/')[^1];
        var key = KeyShape.Match(name) is { Success: true } inPath ? inPath.Groups[1].Value
            : KeyShape.Match(Uri.UnescapeDataString(request.Uri.Query ?? "").Replace(" eq ", "=", StringComparison.Ordinal).Replace(" ge ", "=", StringComparison.Ordinal)) is { Success: true } inFilter ? inFilter.Groups[1].Value
            : request.Method == RequestMethod.Post && BodyKeyShape.Match(await BodyAsync(request, cancellation)) is { Success: true } inBody ? inBody.Groups[1].Value
            : "*";
        var stays = request.Method == RequestMethod.Post || (request.Method == RequestMethod.Put && !request.Headers.Contains("If-Match")) ? 1
            : request.Method == RequestMethod.Delete ? -1 : 0;
        return ($"{request.Method} {Table(name.Split('(')[0])} {Kind(key)}", 1, stays);
    }

    private static string Key(Match change) => change.Groups[2].Success ? change.Groups[2].Value : change.Groups[3].Value;

    private static async Task<string> BodyAsync(Request request, CancellationToken cancellation)
    {
        using var body = new MemoryStream();
        await request.Content!.WriteToAsync(body, cancellation);
        return System.Text.Encoding.UTF8.GetString(body.ToArray());
    }

    /// <summary>Without the prefix of the measurement.</summary>
    private static string Table(string name) => name.Length > Plan.PrefixLength ? name[Plan.PrefixLength..] : name;

    private static string Kind(string key) =>
        NumberShape.Replace(DayShape.Replace(CustomerShape.Replace(IbanShape.Replace(IdShape.Replace(key, "{id}"), "{iban}"), "{customer}"), "{day}"), "{n}");

    // One change of a transaction: a replacement or removal has its keys in the address, an insert in the body.
    [GeneratedRegex("""(?:PUT|PATCH|MERGE|DELETE|POST) \S*/([A-Za-z0-9]+)(?:\(PartitionKey='([^']*)'[^\n]*|[\s\S]*?"PartitionKey":"([^"]*)")""")]
    private static partial Regex ChangeShape { get; }

    [GeneratedRegex("PartitionKey='([^']*)'")]
    private static partial Regex KeyShape { get; }

    [GeneratedRegex("\"PartitionKey\":\"([^\"]*)\"")]
    private static partial Regex BodyKeyShape { get; }

    [GeneratedRegex("[0-9A-Fa-f]{40,}|[0-9a-f]{32}|[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")]
    private static partial Regex IdShape { get; }

    [GeneratedRegex("AL[0-9]{26}|AL[0-9A-Z]{26}")]
    private static partial Regex IbanShape { get; }

    [GeneratedRegex(@"(?<![0-9])[0-9]{9}(?![0-9])")]
    private static partial Regex CustomerShape { get; }

    [GeneratedRegex(@"(?<![0-9])20[0-9]{6}(?![0-9])|20[0-9]{2}-[0-9]{2}-[0-9]{2}")]
    private static partial Regex DayShape { get; }

    [GeneratedRegex(@"(?<=^|\||\{day\})[0-9a-f]{1,2}(?=$|\|)|[0-9]{3,}")]
    private static partial Regex NumberShape { get; }
}

/// <param name="What">Method, table and kind of partition.</param>
/// <param name="Rows">Of all the calls together.</param>
/// <param name="Kept">Rows added less rows removed; one that is written whatever was there counts as added.</param>
internal sealed record Tally(string What, int Calls, int Rows, int Kept);
