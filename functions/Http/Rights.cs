using Serverless.Banking;
using Serverless.Banking.Channels;
using Serverless.Banking.Sessions;
using Serverless.Functions.Authentication;

namespace Serverless.Functions.Http;

/// <summary>Holds a caller against what a function asks for.</summary>
internal static class Rights
{
    /// <returns>Null when the caller may; or, first match: <see cref="StaffOnly"/>, <see cref="CustomersOnly"/>,
    /// <see cref="RoleMissing"/>, <see cref="ScopeRequired"/>, <see cref="PaymentRightMissing"/>.</returns>
    public static Forbidden? Refuse(AccessAttribute access, Caller caller) => (access.Right, caller) switch
    {
        (Right.Staff, StaffCaller staff) => access.Roles.Length == 0 || access.Roles.Any(staff.Roles.Contains) ? null : new RoleMissing(access.Roles),
        (Right.Staff, _) => new StaffOnly(),
        (_, not CustomerCaller) => new CustomersOnly(),
        (_, CustomerCaller { Scope: SessionScope.SmartPay }) when access.Scope != SessionScope.SmartPay => new ScopeRequired(),
        (Right.Payment, CustomerCaller { MayPay: false }) => new PaymentRightMissing(),
        _ => null,
    };

    /// <summary>What <see cref="Refuse"/> and the authentication can answer, for the OpenAPI document.</summary>
    public static IEnumerable<Type> RefusalsOf(AccessAttribute access) => access.Right switch
    {
        Right.Public or Right.Partner => [],
        Right.Staff when access.Roles.Length > 0 => [.. OfTokens, typeof(StaffOnly), typeof(RoleMissing)],
        Right.Staff => [.. OfTokens, typeof(StaffOnly)],
        _ => [.. OfTokens, .. OfSessions(access), typeof(CustomersOnly), .. access.Right == Right.Payment ? [typeof(PaymentRightMissing)] : Type.EmptyTypes],
    };

    private static readonly Type[] OfTokens = [typeof(TokenMissing), typeof(TokenInvalid), typeof(TokenExpired), typeof(IssuerUnavailable)];

    private static IEnumerable<Type> OfSessions(AccessAttribute access) =>
    [
        .. access.AlsoEnded ? [] : OverSessions,
        .. access.Scope == SessionScope.SmartPay ? [] : new[] { typeof(ScopeRequired) },
    ];

    private static readonly Type[] OverSessions =
    [
        typeof(SessionEnded), typeof(SessionReplaced), typeof(SessionIdle), typeof(SessionExpired), typeof(SessionPasswordChanged), typeof(SessionDeviceRemoved),
        typeof(SessionRefreshReused), typeof(SessionLocked), typeof(ChannelBlocked),
    ];
}
