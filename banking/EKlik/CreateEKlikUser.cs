using Microsoft.Extensions.Options;
using NodaTime;
using Serverless.Banking.Audit;
using Serverless.Banking.Customers;
using Serverless.Banking.Ledger;
using Serverless.Banking.Sessions;

namespace Serverless.Banking.EKlik;

/// <param name="Key">The officer's idempotency key.</param>
public sealed record EKlikAgreement(string Key, CustomerId Customer, UserName Name, EKlikKind Kind, CodeDelivery Delivery);

/// <summary>Makes a user when the agreement is signed at the branch, and issues the activation code (EKL-01).</summary>
/// <remarks>Order of the writes: trail, the name in the customer's list, the user with the code, the message. Killed anywhere, its repeat completes it.</remarks>
public sealed class CreateEKlikUser
{
    private readonly EKlikTable table;
    private readonly EKlikCodes codes;
    private readonly CodeDeliveries deliveries;
    private readonly FindContactDetails contacts;
    private readonly RecordAudit audit;
    private readonly EKlikOptions options;

    internal CreateEKlikUser(EKlikTable table, EKlikCodes codes, CodeDeliveries deliveries, FindContactDetails contacts, RecordAudit audit, IOptions<EKlikOptions> options) =>
        (this.table, this.codes, this.deliveries, this.contacts, this.audit, this.options) = (table, codes, deliveries, contacts, audit, options.Value);

    /// <returns>The code. Or, first match: <see cref="Credentials.ClientNotFound"/>, <see cref="ActivationByEmailNotAllowed"/>, <see cref="ActivationBySmsNotAllowed"/>,
    /// <see cref="EmailAddressMissing"/>, <see cref="IdempotencyKeyReused"/>, <see cref="UserNameTaken"/>.</returns>
    public async Task<Result<ActivationCodeIssued>> RunAsync(EKlikAgreement agreement, AuditActor officer, CancellationToken cancellation)
    {
        var target = CodeDeliveries.Find(await contacts.RunAsync(agreement.Customer, cancellation), agreement.Delivery, options);
        if (!target.IsSuccess)
            return target.Error;

        var order = codes.Order("user", officer.Id, agreement.Name, agreement.Key);
        if (await table.FindAsync(agreement.Name, cancellation) is { } known)
            return await AgainAsync(known, agreement, target.Value, order, cancellation);

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
        return await table.TryAddAsync(row, cancellation)
            ? await deliveries.SendAsync(row, order, target.Value, CancellationToken.None)
            : await AgainAsync((await table.FindAsync(agreement.Name, cancellation))!, agreement, target.Value, order, cancellation);
    }

    private async Task<Result<ActivationCodeIssued>> AgainAsync(EKlikRow known, EKlikAgreement agreement, CodeTarget target, string order, CancellationToken cancellation) =>
        known.Order != order ? new UserNameTaken()
        : known.Customer != agreement.Customer || known.Kind != agreement.Kind ? new IdempotencyKeyReused()
        : await deliveries.SendAsync(known, order, target, cancellation);
}
