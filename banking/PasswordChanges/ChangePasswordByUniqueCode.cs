using Serverless.Banking.Credentials;

namespace Serverless.Banking.PasswordChanges;

/// <summary>Another password by the unique code of a branch, for a client without a card (AUTH-19). The code is used up with it.</summary>
public sealed class ChangePasswordByUniqueCode
{
    private readonly CheckUniqueCode check;
    private readonly ApplyPasswordOrder apply;

    internal ChangePasswordByUniqueCode(CheckUniqueCode check, ApplyPasswordOrder apply) => (this.check, this.apply) = (check, apply);

    /// <returns>Or, first match: the errors of <see cref="CheckUniqueCode"/>, those of <see cref="SetPassword"/>.</returns>
    public Task<Result<User>> RunAsync(PasswordOrder order, string uniqueCode, CancellationToken cancellation) =>
        apply.OnceAsync(order, () => ChangeAsync(order, uniqueCode, cancellation), cancellation);

    private async Task<Result<User>> ChangeAsync(PasswordOrder order, string uniqueCode, CancellationToken cancellation)
    {
        var code = await check.RunAsync(order.Customer, uniqueCode, cancellation);
        return code.IsSuccess ? await apply.RunAsync(order, code.Value, cancellation) : code.Error;
    }
}
