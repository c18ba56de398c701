using Serverless.Banking;

namespace Serverless.Functions.Http;

/// <summary>One sentence that says what the function does; the OpenAPI document's summary.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class SummaryAttribute(string text) : Attribute
{
    public string Text { get; } = text;

    /// <summary>What the sentence leaves open, in Markdown.</summary>
    public string? Details { get; set; }
}

/// <summary>The JSON body that <c>request.ReadBody&lt;T&gt;()</c> reads. Limits on the record's members are enforced and documented alike.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class BodyAttribute<T>() : BodyAttribute(typeof(T));

/// <summary>See <see cref="BodyAttribute{T}"/>.</summary>
public abstract class BodyAttribute(Type type) : Attribute
{
    public Type Type { get; } = type;

    /// <summary>Larger bodies are refused with 413.</summary>
    public int MaxBytes { get; set; } = 64 * 1024;
}

/// <summary>The query parameters that <c>request.ReadQuery&lt;T&gt;()</c> reads: a record of text, codes, dates, ids, whole numbers, booleans.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class QueryAttribute<T>() : QueryAttribute(typeof(T));

/// <summary>See <see cref="QueryAttribute{T}"/>.</summary>
public abstract class QueryAttribute(Type type) : Attribute
{
    public Type Type { get; } = type;
}

/// <summary>The function takes <c>limit</c> and <c>cursor</c>, see <c>request.ReadPage()</c>.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class PagedAttribute : Attribute
{
    /// <summary>Items of a page when the caller does not say.</summary>
    public int Default { get; set; } = PageRequest.DefaultLimit;

    /// <summary>Items of a page that the caller may ask for.</summary>
    public int AtMost { get; set; } = PageRequest.MaxLimit;
}

/// <summary>The function needs the header <c>Idempotency-Key</c>, see <c>request.IdempotencyKey()</c>.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class IdempotentAttribute : Attribute;

/// <summary>A header that the function reads itself (a webhook's signature, say).</summary>
[AttributeUsage(AttributeTargets.Method, AllowMultiple = true)]
public sealed class HeaderAttribute(string name, string meaning) : Attribute
{
    public string Name { get; } = name;

    public string Meaning { get; } = meaning;
}

/// <summary>An answer with a JSON body of this type.</summary>
[AttributeUsage(AttributeTargets.Method, AllowMultiple = true)]
public sealed class AnswersAttribute<T>(int status = 200) : AnswersAttribute(status)
{
    public override Type? Type => typeof(T);
}

/// <summary>An answer without a body, or with one that is not JSON (<see cref="ContentType"/>).</summary>
[AttributeUsage(AttributeTargets.Method, AllowMultiple = true)]
public class AnswersAttribute(int status) : Attribute
{
    public int Status { get; } = status;

    public virtual Type? Type => null;

    public string? ContentType { get; set; }

    public string? Meaning { get; set; }
}

/// <summary>
/// An error that the function can answer besides those that follow from its other declarations (unauthenticated, malformed input, outage).
/// </summary>
[AttributeUsage(AttributeTargets.Method, AllowMultiple = true)]
public sealed class RefusesAttribute<TError>() : RefusesAttribute(typeof(TError)) where TError : Error;

/// <summary>See <see cref="RefusesAttribute{TError}"/>.</summary>
public abstract class RefusesAttribute(Type error) : Attribute
{
    public Type Error { get; } = error;
}
