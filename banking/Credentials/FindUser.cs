namespace Serverless.Banking.Credentials;

/// <summary>Whether a customer may sign in, and with which rights.</summary>
public sealed class FindUser
{
    private readonly UserTable users;

    internal FindUser(UserTable users) => this.users = users;

    /// <returns>Null for who has not registered. One storage call.</returns>
    public async Task<User?> RunAsync(CustomerId customer, CancellationToken cancellation) => (await users.FindAsync(customer, cancellation))?.ToUser();
}
