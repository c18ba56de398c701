using Serverless.Banking.Audit;
using Serverless.Banking.Credentials;

namespace Serverless.Banking.PasswordChanges;

/// <summary>What the three ways of changing a password have in common.</summary>
internal sealed class ApplyPasswordOrder(SetPassword set, UserTable users, KeyedHash hash)
{
    /// <summary>
    /// An order that was done already is answered again: what proved it (a nonce, a code, the password before) was used up by it. So is one that the same order
    /// overtook while it was looked at.
    /// </summary>
    /// <param name="change">Checks the proof and changes the password.</param>
    public async Task<Result<User>> OnceAsync(PasswordOrder order, Func<Task<Result<User>>> change, CancellationToken cancellation)
    {
        if (await RepeatAsync(order, cancellation) is { } done)
            return done;
        var changed = await change();
        return changed.IsSuccess ? changed : await RepeatAsync(order, cancellation) ?? changed;
    }

    /// <returns>Null for a new order.</returns>
    private async Task<Result<User>?> RepeatAsync(PasswordOrder order, CancellationToken cancellation) =>
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
