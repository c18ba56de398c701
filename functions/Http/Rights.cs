using Serverless.Banking;
using Serverless.Functions.Authentication;

namespace Serverless.Functions.Http;

/// <summary>Holds a caller against what a function asks for.</summary>
internal static class Rights
{
    /// <returns>Null when the caller may; or, first match: <see cref="StaffOnly"/>, <see cref="CustomersOnly"/>,
    /// <see cref="RoleMissing"/>, <see cref="InfoRightMissing"/>, <see cref="PaymentRightMissing"/>.</returns>
    public static Forbidden? Refuse(AccessAttribute access, Caller caller) => (access.Right, caller) switch
    {
        (Right.Staff, StaffCaller staff) => access.Roles.Length == 0 || access.Roles.Any(staff.Roles.Contains) ? null : new RoleMissing(access.Roles),
        (Right.Staff, _) => new StaffOnly(),
        (_, not CustomerCaller) => new CustomersOnly(),
        (_, CustomerCaller { MayLook: false }) => new InfoRightMissing(),
        (Right.Payment, CustomerCaller { MayPay: false }) => new PaymentRightMissing(),
        _ => null,
    };

    /// <summary>What <see cref="Refuse"/> and the authentication can answer, for the OpenAPI document.</summary>
    public static IEnumerable<Type> RefusalsOf(AccessAttribute access) => access.Right switch
    {
        Right.Public or Right.Partner => [],
        Right.Staff when access.Roles.Length > 0 => [.. OfTokens, typeof(StaffOnly), typeof(RoleMissing)],
        Right.Staff => [.. OfTokens, typeof(StaffOnly)],
        Right.Payment => [.. OfTokens, typeof(CustomersOnly), typeof(InfoRightMissing), typeof(PaymentRightMissing)],
        _ => [.. OfTokens, typeof(CustomersOnly), typeof(InfoRightMissing)],
    };

    private static readonly Type[] OfTokens = [typeof(TokenMissing), typeof(TokenInvalid), typeof(TokenExpired), typeof(IssuerUnavailable)];
}
