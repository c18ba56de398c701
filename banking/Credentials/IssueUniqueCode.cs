using Microsoft.Extensions.Options;
using NodaTime;
using Serverless.Banking.Audit;
using Serverless.Banking.Customers;

namespace Serverless.Banking.Credentials;

/// <param name="Key">The officer's idempotency key.</param>
/// <param name="Branch">The branch's code.</param>
/// <param name="IsClientPresent">The officer confirms that the client stands at the counter.</param>
public sealed record UniqueCodeOrder(string Key, CustomerId Customer, string Branch, bool IsClientPresent);

/// <summary>Gives a client at the counter a unique code, which cancels the former one (ONB-05).</summary>
/// <remarks>The code is derived from the order with the bank's key: an officer who did not hear the answer gets the same one again, and it is stored nowhere.</remarks>
public sealed class IssueUniqueCode
{
    /// <summary>Without 0 and O, 1 and I.</summary>
    private const string Letters = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789";

    private readonly UniqueCodeTable codes;
    private readonly LockoutTable lockouts;
    private readonly FindContactDetails contacts;
    private readonly RecordAudit audit;
    private readonly KeyedHash hash;
    private readonly CredentialsOptions options;

    internal IssueUniqueCode(UniqueCodeTable codes, LockoutTable lockouts, FindContactDetails contacts, RecordAudit audit, KeyedHash hash, IOptions<CredentialsOptions> options) =>
        (this.codes, this.lockouts, this.contacts, this.audit, this.hash, this.options) = (codes, lockouts, contacts, audit, hash, options.Value);

    /// <returns>Or, first match: <see cref="ClientNotPresent"/>, <see cref="ClientNotFound"/>.</returns>
    public async Task<Result<UniqueCode>> RunAsync(UniqueCodeOrder order, AuditActor officer, CancellationToken cancellation)
    {
        if (!order.IsClientPresent)
            return new ClientNotPresent();
        if (await contacts.RunAsync(order.Customer, cancellation) is null)
            return new ClientNotFound();

        var id = hash.Of("unique-code-order", officer.Id, order.Customer.Value, order.Branch, order.Key)[..32];
        var code = string.Concat(hash.Bytes("unique-code", id).Take(UniqueCodes.Length).Select(value => Letters[value % Letters.Length]));
        if (await codes.FindIssuedAsync(order.Customer, id, cancellation) is { } already)
            return new UniqueCode(code, already);

        // First the trace: of an order that is then lost it says that it was given.
        await audit.RunAsync(
            new AuditEvent(officer, "unique_code_issued", $"customer/{order.Customer.Value}")
            {
                After = $"branch {order.Branch}, client present",
                Id = Ledger.StableGuid.Of("unique_code_issued", id),
            },
            cancellation);
        var expires = lockouts.Now + Duration.FromHours(options.UniqueCodeHours);
        await lockouts.ChangeAsync(order.Customer, (now, _) => now.CodeTries == 0 ? now : now with { CodeTries = 0 }, cancellation);
        var row = new UniqueCodeRow(order.Customer, new UniqueCodeId(id), UniqueCodes.HashOf(hash, order.Customer, code), expires, UniqueCodeState.Valid, default);
        return await codes.TryIssueAsync(row, cancellation)
            ? new UniqueCode(code, expires)
            : new UniqueCode(code, (await codes.FindIssuedAsync(order.Customer, id, cancellation))!.Value);
    }
}

internal static class UniqueCodes
{
    public const int Length = 8;

    public static string HashOf(KeyedHash hash, CustomerId customer, string code) => hash.Of("unique-code-of", customer.Value, code);

    /// <summary>As people type them.</summary>
    public static string Normal(string code) => code.Replace(" ", "", StringComparison.Ordinal).Replace("-", "", StringComparison.Ordinal).ToUpperInvariant();
}
