using Serverless.Banking.Sessions;

namespace Serverless.Functions.Http;

/// <summary>Who may call a function over HTTP.</summary>
public enum Right
{
    /// <summary>Anybody, without a token.</summary>
    Public,

    /// <summary>A customer who may look; the payment right includes it.</summary>
    Info,

    /// <summary>A customer who may order payments and change things.</summary>
    Payment,

    /// <summary>The bank's staff, see <see cref="AccessAttribute.Roles"/>.</summary>
    Staff,

    /// <summary>A partner's webhook: no token; the function itself checks the signature over the body.</summary>
    Partner,
}

/// <summary>Declares who may call; a function without it is refused to everybody.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class AccessAttribute(Right right) : Attribute
{
    public Right Right { get; } = right;

    /// <summary>For <see cref="Right.Staff"/>: one of these roles is needed. Empty: any member of staff.</summary>
    public string[] Roles { get; set; } = [];

    /// <summary>For customers: <see cref="SessionScope.SmartPay"/> also lets Smart Pay sessions in (AUTH-21); without it only full ones.</summary>
    public SessionScope Scope { get; set; }

    /// <summary>For customers: also for a session that is over. Only what does nothing but end it (LIFE-01).</summary>
    public bool AlsoEnded { get; set; }
}

/// <summary>The roles of the bank's staff: the app roles of its registration in Entra ID.</summary>
public static class Role
{
    /// <summary>Serves customers at a branch: cash, contact details, opening accounts.</summary>
    public const string Branch = "branch";

    /// <summary>Looks after the books: trial balance, proofs, corrections.</summary>
    public const string Ledger = "ledger";

    /// <summary>Answers customers' calls: blocking, unlocking, complaints.</summary>
    public const string ContactCentre = "contact_centre";

    /// <summary>Decides on exchange rates and positions.</summary>
    public const string Treasury = "treasury";

    /// <summary>Looks after cards and their applications.</summary>
    public const string Cards = "cards";

    /// <summary>Screens customers and payments.</summary>
    public const string Compliance = "compliance";

    /// <summary>Reads the audit trail.</summary>
    public const string Auditor = "auditor";

    /// <summary>Looks after settings and calendars; no customer's money.</summary>
    public const string Administrator = "administrator";
}
