using System.Buffers;
using System.Text;
using System.Text.Json;
using System.Text.Unicode;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;
using Serverless.Banking;

namespace Serverless.Functions.Http;

/// <summary>Reads a request's JSON body strictly.</summary>
public static class RequestBody
{
    /// <summary>Of arrays and objects in each other.</summary>
    private const int MaxDepth = 16;

    private static readonly object Key = new();

    /// <summary>The body as the record that the function declares with <c>[Body&lt;T&gt;]</c>.</summary>
    /// <returns>
    /// Or, first match: <see cref="UnsupportedMediaType"/>, <see cref="BodyTooLarge"/>, <see cref="BodyMissing"/>, <see cref="MalformedJson"/>,
    /// <see cref="JsonTooDeep"/>, <see cref="InvalidInput"/> with every fault of the body, the headers and the query together. For a body that confirms a
    /// quote (<see cref="IConfirmsQuote"/>), then the errors of <see cref="Banking.Confirmations.CheckConfirmation"/>.
    /// </returns>
    /// <exception cref="InvalidOperationException">The function declares another body, or none.</exception>
    public static async Task<Result<T>> ReadBody<T>(this HttpRequest request) where T : class
    {
        var call = Call.Of(request);
        if (call.Declaration.Body is not { } declared || declared.Type != typeof(T))
            throw new InvalidOperationException($"{call.Declaration.Name} reads a {typeof(T).Name} that it does not declare.");
        if (!IsJson(request))
            return new UnsupportedMediaType("application/json");
        var bytes = await ReadAsync(request, declared.MaxBytes);
        if (bytes is null)
            return new BodyTooLarge(declared.MaxBytes);
        return await Parse<T>(bytes, call).Then(body => Confirmation.ConfirmQuoteAsync(request, call, body));
    }

    /// <summary>
    /// SHA-256 over method, path and the body in canonical form (members sorted, no white space): the same for the same order however it
    /// is written. Kept on the row that an idempotency key leads to, it tells a retry from another order.
    /// </summary>
    /// <remarks>Lower-case hexadecimal. After <see cref="ReadBody{T}"/>; without a body it covers method and path.</remarks>
    public static string BodyHash(this HttpRequest request) =>
        CanonicalJson.Hash($"{request.Method} {request.Path}", request.HttpContext.Items[Key] as JsonElement?);

    private static Result<T> Parse<T>(ReadOnlyMemory<byte> bytes, Call call) where T : class
    {
        if (bytes.IsEmpty)
            return new BodyMissing();
        if (!Utf8.IsValid(bytes.Span))
            return NotUtf8(bytes.Span);
        JsonElement body;
        try
        {
            body = JsonElement.Parse(bytes.Span, new JsonDocumentOptions { MaxDepth = MaxDepth + 1 });
        }
        catch (JsonException e)
        {
            return NestedTooDeep(bytes.Span) ? new JsonTooDeep(MaxDepth) : new MalformedJson((e.LineNumber ?? 0) + 1, (e.BytePositionInLine ?? 0) + 1);
        }

        List<Invalid> faults = [.. call.Faults];
        ShapeReader.Check(Shapes.Of(typeof(T)), body, "", faults);
        if (faults.Count > 0)
            return new InvalidInput([.. faults, .. OwnFaults<T>(body, call, faults)]);
        call.Http.Items[Key] = body;
        return body.Deserialize<T>(ApiJson.Strict)!;
    }

    /// <summary>What is wrong besides with a body that has faults by its types; nothing is said twice of one member.</summary>
    private static IEnumerable<Invalid> OwnFaults<T>(JsonElement body, Call call, List<Invalid> known) where T : class
    {
        if (!typeof(T).IsAssignableTo(typeof(IHasOwnFaults)) || known.Count >= ShapeReader.MaxFaults || MendedBody.Of(Shapes.Of(typeof(T)), body) is not { } mended)
            return [];
        IReadOnlyList<Invalid> found = ((IHasOwnFaults)(object)mended.Deserialize<T>(ApiJson.Strict)!).FindFaults(call.Http.Request) switch
        {
            Invalid one => [one],
            InvalidInput several => several.Faults,
            _ => [],
        };
        return found.Where(fault => !known.Any(other => IsWithin(fault.Field, other.Field) || IsWithin(other.Field, fault.Field)));
    }

    private static bool IsWithin(string pointer, string other) => pointer == other || pointer.StartsWith($"{other}/", StringComparison.Ordinal);

    private static bool IsJson(HttpRequest request) =>
        MediaTypeHeaderValue.TryParse(request.ContentType, out var type)
        && type.MediaType.Equals("application/json", StringComparison.OrdinalIgnoreCase)
        && (!type.Charset.HasValue || type.Charset.Equals("utf-8", StringComparison.OrdinalIgnoreCase))
        && request.Headers.ContentEncoding.Count == 0;

    /// <returns>Null when there is more than the limit; the rest is not read.</returns>
    private static async Task<byte[]?> ReadAsync(HttpRequest request, int maxBytes)
    {
        if (request.ContentLength > maxBytes)
            return null;
        var buffer = new ArrayBufferWriter<byte>();
        while (true)
        {
            var read = await request.Body.ReadAsync(buffer.GetMemory(4096), request.HttpContext.RequestAborted);
            if (read == 0)
                return buffer.WrittenSpan.ToArray();
            buffer.Advance(read);
            if (buffer.WrittenCount > maxBytes)
                return null;
        }
    }

    /// <summary>The parser would let such bytes stand inside of strings.</summary>
    private static MalformedJson NotUtf8(ReadOnlySpan<byte> bytes)
    {
        var rest = bytes;
        while (Rune.DecodeFromUtf8(rest, out _, out var length) == OperationStatus.Done)
            rest = rest[length..];
        var before = bytes[..^rest.Length];
        return new MalformedJson(before.Count((byte)'\n') + 1, before.Length - before.LastIndexOf((byte)'\n'));
    }

    /// <summary>The parser reports depth and syntax alike; this tells them apart for the caller.</summary>
    private static bool NestedTooDeep(ReadOnlySpan<byte> bytes)
    {
        var reader = new Utf8JsonReader(bytes, new JsonReaderOptions { MaxDepth = 1000 });
        try
        {
            while (reader.Read())
            {
                if (reader.CurrentDepth > MaxDepth)
                    return true;
            }
        }
        catch (JsonException)
        {
        }

        return false;
    }
}
