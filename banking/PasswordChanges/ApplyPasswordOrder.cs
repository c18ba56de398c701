using Serverless.Banking.Audit;
using Serverless.Banking.Credentials;

namespace Serverless.Banking.PasswordChanges;

/// <summary>What the three ways of changing a password have in common.</summary>
internal sealed class ApplyPasswordOrder(SetPassword set, UserTable users, KeyedHash hash)
{
    /// <summary>An order that was done already is answered again: its proof (a nonce, a code) was used up by it.</summary>
    /// <returns>Null for a new order.</returns>
    public async Task<Result<User>?> RepeatAsync(PasswordOrder order, CancellationToken cancellation) =>
        await users.FindAsync(order.Customer, cancellation) is { LastChange: { } last } && last == OrderOf(order)
            ? await RunAsync(order, null, cancellation)
            : (Result<User>?)null;

    public Task<Result<User>> RunAsync(PasswordOrder order, UniqueCodeId? code, CancellationToken cancellation) => set.RunAsync(
        new PasswordChange(
            order.Customer, order.NewPassword, order.Field, PasswordChangeReason.Changed, Name(order), AuditActor.Customer(order.Customer), order.Session, code),
        cancellation);

    /// <summary>How the customer's row names the order.</summary>
    public string OrderOf(PasswordOrder order) => hash.Of("password-change", Name(order));

    private static string Name(PasswordOrder order) => $"order|{order.Key.Value}";
}
