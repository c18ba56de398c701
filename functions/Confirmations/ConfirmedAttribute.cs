namespace Serverless.Functions.Http;

/// <summary>The customer confirms it strongly, bound to amount and payee (AUTH-29): the header <c>Strong-Confirmation</c>.</summary>
/// <remarks>
/// With a body that names a quote (<see cref="IConfirmsQuote"/>) reading the body checks it. Without one the function states the facts with
/// <c>request.Confirm(facts)</c> before it does anything; that it has done so is seen to after every call.
/// </remarks>
/// <param name="operation">The quote's purpose, or a name of its own: snake_case.</param>
[AttributeUsage(AttributeTargets.Method)]
public sealed class ConfirmedAttribute(string operation) : Attribute
{
    public string Operation { get; } = operation;
}

/// <summary>Creates something and is not confirmed strongly.</summary>
/// <param name="why">A sentence for who reviews it.</param>
[AttributeUsage(AttributeTargets.Method)]
public sealed class NotConfirmedAttribute(string why) : Attribute
{
    public string Why { get; } = why;
}

/// <summary>A body that confirms what a quote has prepared.</summary>
public interface IConfirmsQuote
{
    string QuoteId { get; }

    /// <summary>It wants more than was quoted, so that no exemption holds.</summary>
    bool WantsMore() => false;
}
