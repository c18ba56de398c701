using Microsoft.Extensions.Options;
using Serverless.Banking.Audit;
using Serverless.Banking.Customers;
using Serverless.Banking.Ledger;
using Serverless.Banking.Sessions;

namespace Serverless.Banking.EKlik;

/// <param name="Key">The officer's idempotency key.</param>
public sealed record EKlikAgreement(string Key, CustomerId Customer, UserName Name, EKlikKind Kind, CodeDelivery Delivery);

/// <summary>Makes a user when the agreement is signed at the branch, and issues the activation code (EKL-01).</summary>
/// <remarks>Order of the writes: trail, the name in the customer's list, the user with the code and, in the same group, that it is to be sent.</remarks>
public sealed class CreateEKlikUser
{
    private readonly EKlikTable table;
    private readonly EKlikChanges changes;
    private readonly EKlikCodes codes;
    private readonly CodeDeliveries deliveries;
    private readonly FindContactDetails contacts;
    private readonly RecordAudit audit;
    private readonly EKlikOptions options;

    internal CreateEKlikUser(
        EKlikTable table, EKlikChanges changes, EKlikCodes codes, CodeDeliveries deliveries, FindContactDetails contacts, RecordAudit audit, IOptions<EKlikOptions> options) =>
        (this.table, this.changes, this.codes, this.deliveries, this.contacts, this.audit, this.options) = (table, changes, codes, deliveries, contacts, audit, options.Value);

    /// <returns>The code. Or, first match: <see cref="Credentials.ClientNotFound"/>, <see cref="ActivationByEmailNotAllowed"/>, <see cref="ActivationBySmsNotAllowed"/>,
    /// <see cref="EmailAddressMissing"/>, <see cref="IdempotencyKeyReused"/>, <see cref="UserNameTaken"/>.</returns>
    public async Task<Result<ActivationCodeIssued>> RunAsync(EKlikAgreement agreement, AuditActor officer, CancellationToken cancellation)
    {
        var target = CodeDeliveries.Find(await contacts.RunAsync(agreement.Customer, cancellation), agreement.Delivery, options);
        if (!target.IsSuccess)
            return target.Error;

        var order = codes.Order("user", officer.Id, agreement.Name, agreement.Key);
        if (await table.FindAsync(agreement.Name, cancellation) is { } known)
            return await AgainAsync(known, agreement, target.Value, order);

        // First the trace: of an order that is then lost it says that it was given.
        await audit.RunAsync(
            new AuditEvent(officer, "eklik_user_created", $"customer/{agreement.Customer.Value}")
            {
                After = $"user {agreement.Name.Value}, {(agreement.Kind == EKlikKind.Payment ? "payment" : "info")}",
                Id = StableGuid.Of("eklik_user_created", order),
            },
            cancellation);
        await table.AddNameAsync(agreement.Customer, agreement.Name, cancellation);
        var now = table.Now;
        var row = deliveries.Issue(new EKlikRow(agreement.Name.Value, agreement.Customer, agreement.Kind, now, order), order, now);
        return await changes.TryAddAsync(row, FollowActivationCode.RowOf(row, order, agreement.Delivery), cancellation)
            ? deliveries.Answer(row, order, target.Value)
            : await AgainAsync((await table.FindAsync(agreement.Name, cancellation))!, agreement, target.Value, order);
    }

    private async Task<Result<ActivationCodeIssued>> AgainAsync(EKlikRow known, EKlikAgreement agreement, CodeTarget target, string order)
    {
        if (known.Order != order)
            return new UserNameTaken();
        if (known.Customer != agreement.Customer || known.Kind != agreement.Kind)
            return new IdempotencyKeyReused();
        await changes.FinishAsync(FollowActivationCode.RowOf(known, order, agreement.Delivery));
        return deliveries.Answer(known, order, target);
    }
}
