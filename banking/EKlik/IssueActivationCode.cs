using Microsoft.Extensions.Options;
using NodaTime;
using Serverless.Banking.Audit;
using Serverless.Banking.Credentials;
using Serverless.Banking.Customers;
using Serverless.Banking.Ledger;
using Serverless.Banking.Notifications;
using Serverless.Banking.Sessions;
using Serverless.Banking.Text;

namespace Serverless.Banking.EKlik;

/// <summary>How an activation code reaches its user (EKL-01).</summary>
public enum CodeDelivery
{
    /// <summary>The officer hands it over.</summary>
    Branch,

    /// <summary>To a customer with a number of a local operator.</summary>
    Sms,

    /// <summary>To a customer without one.</summary>
    Email,
}

/// <param name="Code">Eight capital letters and digits, for the officer who hands it over; null where it was sent.</param>
/// <param name="SentTo">Masked; null at the branch.</param>
public sealed record ActivationCodeIssued(EKlikUser User, CodeDelivery Delivery, string? Code, string? SentTo, Instant ExpiresAt)
{
    /// <summary>Without the code.</summary>
    public override string ToString() => nameof(ActivationCodeIssued);
}

/// <summary>Issues another activation code to a user who has lost the first one or the password; it cancels the former one (EKL-01).</summary>
/// <remarks>Killed anywhere, its repeat completes it, with the same code.</remarks>
public sealed class IssueActivationCode
{
    private readonly EKlikTable table;
    private readonly EKlikCodes codes;
    private readonly CodeDeliveries deliveries;
    private readonly FindContactDetails contacts;
    private readonly RecordAudit audit;
    private readonly EKlikOptions options;

    internal IssueActivationCode(EKlikTable table, EKlikCodes codes, CodeDeliveries deliveries, FindContactDetails contacts, RecordAudit audit, IOptions<EKlikOptions> options) =>
        (this.table, this.codes, this.deliveries, this.contacts, this.audit, this.options) = (table, codes, deliveries, contacts, audit, options.Value);

    /// <param name="key">The officer's idempotency key.</param>
    /// <returns>Or, first match: <see cref="EKlikUserNotFound"/>, <see cref="ActivationByEmailNotAllowed"/>, <see cref="ActivationBySmsNotAllowed"/>, <see cref="EmailAddressMissing"/>,
    /// <see cref="EKlikUserBlocked"/>.</returns>
    public async Task<Result<ActivationCodeIssued>> RunAsync(string key, UserName name, CodeDelivery delivery, AuditActor officer, CancellationToken cancellation)
    {
        if (await table.FindAsync(name, cancellation) is not { } user)
            return new EKlikUserNotFound();
        var target = CodeDeliveries.Find(await contacts.RunAsync(user.Customer, cancellation), delivery, options);
        if (!target.IsSuccess)
            return target.Error;

        var order = codes.Order("activation", officer.Id, name, key);
        await audit.RunAsync(
            new AuditEvent(officer, "eklik_activation_code_issued", $"customer/{user.Customer.Value}")
            {
                After = $"user {name.Value}",
                Id = StableGuid.Of("eklik_activation_code_issued", order),
            },
            cancellation);
        var issued = await table.DecideAsync<EKlikRow>(
            name,
            (row, now) => row.Orders.Any(it => it.Order == order) ? new(row, row)
                : row.Blocking is not null ? new(row, new EKlikUserBlocked())
                : Kept(deliveries.Issue(row, order, now)),
            cancellation);
        return issued.IsSuccess ? await deliveries.SendAsync(issued.Value, order, target.Value, CancellationToken.None) : issued.Error;
    }

    private static EKlikDecision<EKlikRow> Kept(EKlikRow row) => new(row, row);
}

/// <param name="Address">Null at the branch.</param>
internal sealed record CodeTarget(CodeDelivery Delivery, string? Address);

/// <summary>Activation codes on their way.</summary>
internal sealed class CodeDeliveries(EKlikCodes codes, SendNotice send, IOptions<EKlikOptions> options)
{
    private const string Activation = "activation";

    /// <returns>Or, first match: <see cref="ClientNotFound"/>, <see cref="ActivationByEmailNotAllowed"/>, <see cref="ActivationBySmsNotAllowed"/>, <see cref="EmailAddressMissing"/>.</returns>
    public static Result<CodeTarget> Find(ContactDetails? contact, CodeDelivery delivery, EKlikOptions options)
    {
        if (contact is null)
            return new ClientNotFound();
        var isLocal = contact.Phone is { } phone && options.LocalOperators.Any(prefix => phone.StartsWith(prefix, StringComparison.Ordinal));
        return (delivery, isLocal) switch
        {
            (CodeDelivery.Branch, _) => new CodeTarget(delivery, null),
            (CodeDelivery.Sms, true) => new CodeTarget(delivery, contact.Phone),
            (CodeDelivery.Sms, false) => new ActivationBySmsNotAllowed(),
            (_, true) => new ActivationByEmailNotAllowed(),
            _ => contact.Email is { } email ? new CodeTarget(delivery, email) : new EmailAddressMissing(),
        };
    }

    /// <summary>The row with another code in place of the former one.</summary>
    public EKlikRow Issue(EKlikRow row, string order, Instant now) => row.Remembering(order, now + options.Value.CodeLife) with
    {
        Activation = new IssuedCode(order, codes.HashOf(Activation, row.UserName, codes.Code(Activation, order)), now + options.Value.CodeLife),
        Grant = null,
    };

    public bool Matches(EKlikRow row, string code) => codes.Matches(row.Activation, Activation, row.UserName, code);

    public async Task<ActivationCodeIssued> SendAsync(EKlikRow row, string order, CodeTarget target, CancellationToken cancellation)
    {
        var code = codes.Code(Activation, order);
        var expires = row.Orders.Single(it => it.Order == order).ExpiresAt;
        if (target.Address is not { } address)
            return new ActivationCodeIssued(row.ToUser(), target.Delivery, code, null, expires);
        await send.RunAsync(
            new Notice(
                NoticeId.Of("eklik-activation", order), row.Customer, target.Delivery == CodeDelivery.Sms ? NoticeChannel.Sms : NoticeChannel.Email,
                NoticeKind.EKlikActivationCode,
                new Dictionary<string, string> { ["user"] = row.Name, ["days"] = options.Value.ActivationDays.ToString(System.Globalization.CultureInfo.InvariantCulture) })
            {
                Address = address,
                SecretWords = new Dictionary<string, string> { ["code"] = code },
                ExpiresAt = expires,
            },
            cancellation);
        return new ActivationCodeIssued(
            row.ToUser(), target.Delivery, null, target.Delivery == CodeDelivery.Sms ? Masked.Phone(address) : Masked.Email(address), expires);
    }
}
