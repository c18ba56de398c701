using Serverless.Banking.Devices;
using Serverless.Banking.Sessions;

namespace Serverless.Banking.Credentials;

public sealed record PasswordLogin(LoginIdentifier Identifier, string Password, SessionChannel Channel, Installation Installation)
{
    public SessionScope Scope { get; init; }

    public bool? RemembersCustomer { get; init; }

    public Place? Place { get; init; }

    /// <summary>Without identifier and password.</summary>
    public override string ToString() => nameof(PasswordLogin);
}

/// <summary>First step of a login by identifier and password (AUTH-01).</summary>
public sealed class StartLogin
{
    private readonly VerifyPassword verify;
    private readonly OpenLoginChallenge open;

    internal StartLogin(VerifyPassword verify, OpenLoginChallenge open) => (this.verify, this.open) = (verify, open);

    /// <returns>Or, first match: the errors of <see cref="VerifyPassword"/>; only after a right password those of <see cref="OpenLoginChallenge"/>.</returns>
    public async Task<Result<LoginStarted>> RunAsync(PasswordLogin login, CancellationToken cancellation)
    {
        var user = await verify.RunAsync(login.Identifier, login.Password, cancellation);
        return !user.IsSuccess
            ? user.Error
            : await open.RunAsync(
                new LoginOpening(user.Value.Customer, login.Channel, login.Installation, ["pwd"])
                {
                    Scope = login.Scope,
                    RemembersCustomer = login.RemembersCustomer,
                    Place = login.Place,
                },
                cancellation);
    }
}
