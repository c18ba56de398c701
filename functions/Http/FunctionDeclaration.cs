using System.Reflection;
using Microsoft.Azure.Functions.Worker;
using Serverless.Banking;

namespace Serverless.Functions.Http;

/// <summary>Everything a function with an HTTP trigger says about itself, read once from its attributes.</summary>
internal sealed class FunctionDeclaration
{
    private readonly MethodInfo method;

    public FunctionDeclaration(string name, MethodInfo method, string route, IReadOnlyList<string> methods, AuthorizationLevel level)
    {
        this.method = method;
        (Name, Route, Methods, Level) = (name, route, methods, level);
        Access = method.GetCustomAttribute<AccessAttribute>();
        Body = method.GetCustomAttribute<BodyAttribute>();
        Query = method.GetCustomAttribute<QueryAttribute>()?.Type;
        Summary = method.GetCustomAttribute<SummaryAttribute>();
        Paging = method.GetCustomAttribute<PagedAttribute>();
        Confirmed = method.GetCustomAttribute<ConfirmedAttribute>();
        AddressLimit = method.GetCustomAttribute<LimitsAddressAttribute>();
        NoAddressLimit = method.GetCustomAttribute<NoAddressLimitAttribute>()?.Why;
        NotConfirmed = method.GetCustomAttribute<NotConfirmedAttribute>()?.Why;
        Priority = method.GetCustomAttribute<PriorityAttribute>()?.Priority ?? PriorityOf(Access, methods);
        IsIdempotent = method.IsDefined(typeof(IdempotentAttribute));
        IsDocumented = !method.IsDefined(typeof(UndocumentedAttribute));
        Answers = [.. method.GetCustomAttributes<AnswersAttribute>()];
        Refusals = [.. method.GetCustomAttributes<RefusesAttribute>().Select(r => r.Error)];
        Headers = [.. method.GetCustomAttributes<HeaderAttribute>()];
        var names = Query is null ? [] : ((ObjectShape)Shapes.Of(Query)).Members.Value.Select(m => m.Name);
        QueryNames = new HashSet<string>(IsPaged ? [.. names, "limit", "cursor"] : names, StringComparer.Ordinal);
    }

    /// <summary><c>Bills_PayInvoice</c>; the OpenAPI document's operation id.</summary>
    public string Name { get; }

    /// <summary>Template below the route prefix, as ASP.NET Core writes it: <c>v1/bills/payments/{id:guid}</c>.</summary>
    public string Route { get; }

    /// <summary>Upper case; empty means any.</summary>
    public IReadOnlyList<string> Methods { get; }

    /// <summary>The host's own keys; the bank's rights are in <see cref="Access"/>.</summary>
    public AuthorizationLevel Level { get; }

    /// <summary>Null: refused to everybody.</summary>
    public AccessAttribute? Access { get; }

    public BodyAttribute? Body { get; }

    public Type? Query { get; }

    public SummaryAttribute? Summary { get; }

    /// <summary>Null for what does not come in pages.</summary>
    public PagedAttribute? Paging { get; }

    public bool IsPaged => Paging is not null;

    public bool IsIdempotent { get; }

    /// <summary>As declared; else the staff's are vital, questions are reads, and the rest are orders.</summary>
    public Priority Priority { get; }

    /// <summary>Null: the customer's token is enough.</summary>
    public ConfirmedAttribute? Confirmed { get; }

    /// <summary>Null: calls of an address are not counted.</summary>
    public LimitsAddressAttribute? AddressLimit { get; }

    /// <summary>Why they are not, although everybody may call it.</summary>
    public string? NoAddressLimit { get; }

    /// <summary>Why it is not confirmed strongly although it changes something.</summary>
    public string? NotConfirmed { get; }

    /// <summary>Confirmed strongly, without a quote that says what.</summary>
    public bool IsChallenged => Confirmed is not null && (Body is null || !typeof(IConfirmsQuote).IsAssignableFrom(Body.Type));

    public bool IsDocumented { get; }

    public IReadOnlyList<AnswersAttribute> Answers { get; }

    /// <summary>As declared; <see cref="AllRefusals"/> has those that follow from the rest of the declaration too.</summary>
    public IReadOnlyList<Type> Refusals { get; }

    public IReadOnlyList<HeaderAttribute> Headers { get; }

    /// <summary>Every query parameter that the function knows; names are case-exact.</summary>
    public IReadOnlySet<string> QueryNames { get; }

    /// <summary>The part of the name before the underscore.</summary>
    public string Capability => Name.Split('_')[0];

    /// <summary>Everything that the function, the body reader and the middleware can refuse.</summary>
    public IEnumerable<Type> AllRefusals() =>
    [
        .. Access is null ? [] : Rights.RefusalsOf(Access),
        .. Body is null ? (Type[])[] : [typeof(UnsupportedMediaType), typeof(BodyTooLarge), typeof(BodyMissing), typeof(MalformedJson), typeof(JsonTooDeep), typeof(MalformedRequest)],
        typeof(InvalidInput),
        .. Confirmed is null ? [] : Confirmation.Refusals,
        .. AddressLimit is null ? (Type[])[] : [typeof(TooManyRequests)],
        .. Refusals,
        typeof(InternalError),
        typeof(StorageUnavailable),
        typeof(ServiceUnavailable),
        .. Priority == Priority.Vital ? Type.EmptyTypes : [typeof(BankBusy)],
    ];

    private static Priority PriorityOf(AccessAttribute? access, IReadOnlyList<string> methods) =>
        access?.Right == Right.Staff ? Priority.Vital : methods is ["GET"] ? Priority.Read : Priority.Order;

    public override string ToString() => $"{Name} ({method.DeclaringType?.FullName}.{method.Name})";
}
