using Microsoft.Extensions.Options;
using NodaTime;
using Serverless.Banking.Audit;
using Serverless.Banking.Credentials;
using Serverless.Banking.Customers;
using Serverless.Banking.Ledger;
using Serverless.Banking.Notifications;
using Serverless.Banking.Outbox;
using Serverless.Banking.Sessions;
using Serverless.Banking.Storage;
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
/// <remarks>A repeat has the same code; one that is sent goes out also when there is no repeat (docs/adr/0021).</remarks>
public sealed class IssueActivationCode
{
    private readonly EKlikTable table;
    private readonly EKlikChanges changes;
    private readonly EKlikCodes codes;
    private readonly CodeDeliveries deliveries;
    private readonly FindContactDetails contacts;
    private readonly RecordAudit audit;
    private readonly EKlikOptions options;

    internal IssueActivationCode(
        EKlikTable table, EKlikChanges changes, EKlikCodes codes, CodeDeliveries deliveries, FindContactDetails contacts, RecordAudit audit, IOptions<EKlikOptions> options) =>
        (this.table, this.changes, this.codes, this.deliveries, this.contacts, this.audit, this.options) = (table, changes, codes, deliveries, contacts, audit, options.Value);

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
        var issued = await changes.RunAsync<EKlikRow>(
            name,
            (row, now) => row.Blocking is not null && row.Orders.All(it => it.Order != order)
                ? new(row, new EKlikUserBlocked())
                : Kept(row.Orders.Any(it => it.Order == order) ? row : deliveries.Issue(row, order, now), order, delivery),
            cancellation);
        return issued.Then<ActivationCodeIssued>(row => deliveries.Answer(row, order, target.Value));
    }

    private static EKlikDecision<EKlikRow> Kept(EKlikRow row, string order, CodeDelivery delivery) => new(row, row) { Follows = FollowActivationCode.RowOf(row, order, delivery) };
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

    public async Task SendAsync(EKlikCodeIssued issued, CodeTarget target)
    {
        if (target.Address is not { } address)
            return;
        await send.RunAsync(
            new Notice(
                NoticeId.Of("eklik-activation", issued.Order), issued.Customer, target.Delivery == CodeDelivery.Sms ? NoticeChannel.Sms : NoticeChannel.Email,
                NoticeKind.EKlikActivationCode,
                new Dictionary<string, string> { ["user"] = issued.User, ["days"] = options.Value.ActivationDays.ToString(System.Globalization.CultureInfo.InvariantCulture) })
            {
                Address = address,
                SecretWords = new Dictionary<string, string> { ["code"] = codes.Code(Activation, issued.Order) },
                ExpiresAt = issued.ExpiresAt,
            },
            CancellationToken.None);
    }

    /// <summary>What the officer is told of a code that was issued by this order.</summary>
    public ActivationCodeIssued Answer(EKlikRow row, string order, CodeTarget target)
    {
        var expires = row.Orders.Single(it => it.Order == order).ExpiresAt;
        return target.Address is not { } address ? new ActivationCodeIssued(row.ToUser(), target.Delivery, codes.Code(Activation, order), null, expires)
            : new ActivationCodeIssued(row.ToUser(), target.Delivery, null, target.Delivery == CodeDelivery.Sms ? Masked.Phone(address) : Masked.Email(address), expires);
    }
}

/// <param name="Order">What the code is derived from, with the bank's key: the row has nothing secret.</param>
internal sealed record EKlikCodeIssued(CustomerId Customer, string User, string Order, CodeDelivery Delivery, Instant ExpiresAt);

/// <summary>Sends an activation code that was issued. Whoever has lost the address meanwhile is sent none: the branch issues another.</summary>
internal sealed class FollowActivationCode(FindContactDetails contacts, CodeDeliveries deliveries, IOptions<EKlikOptions> options) : IFollowUp
{
    public const string Name = "eklik_code_issued";

    public string Kind => Name;

    /// <returns>Null at the branch: nothing is sent.</returns>
    public static OutboxRow? RowOf(EKlikRow row, string order, CodeDelivery delivery) => delivery == CodeDelivery.Branch ? null : OutboxRow.Of(
        EKlikTable.Name, EKlikTable.Partition(row.UserName), Name, StableGuid.Of(Name, row.Name, order),
        new EKlikCodeIssued(row.Customer, row.Name, order, delivery, row.Orders.Single(it => it.Order == order).ExpiresAt));

    public async Task RunAsync(string content)
    {
        var issued = StoredJson.Read<EKlikCodeIssued>(content);
        var target = CodeDeliveries.Find(await contacts.RunAsync(issued.Customer, CancellationToken.None), issued.Delivery, options.Value);
        if (target.IsSuccess)
            await deliveries.SendAsync(issued, target.Value);
    }
}
