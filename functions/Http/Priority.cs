namespace Serverless.Functions.Http;

/// <summary>What goes first when there is too much to do; <c>x-priority</c> of the OpenAPI document.</summary>
public enum Priority
{
    /// <summary>Can be asked again later: lists, statements, catalogues. Refused first.</summary>
    Read,

    /// <summary>Moves money, changes something, signs somebody in, or says what has become of an order. Refused when hardly anything goes through any more.</summary>
    Order,

    /// <summary>Never refused: the staff, who mend what is wrong, and whoever looks whether the bank is well.</summary>
    Vital,
}

/// <summary>Where the priority is not what follows from right and method (<see cref="FunctionDeclaration.Priority"/>).</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class PriorityAttribute(Priority priority) : Attribute
{
    public Priority Priority { get; } = priority;
}
