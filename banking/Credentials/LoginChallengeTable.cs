using Azure;
using Azure.Data.Tables;
using NodaTime;
using Serverless.Banking.Devices;
using Serverless.Banking.Sessions;
using Serverless.Banking.Storage;

namespace Serverless.Banking.Credentials;

/// <summary>Table LoginChallenges: one partition with one row per login.</summary>
internal sealed class LoginChallengeTable(BankTables tables, ExpiredProofs expired)
{
    public const string Name = "LoginChallenges";

    private const string Row = "challenge";

    private TableClient Table => tables.Open(Name);

    public async Task AddAsync(LoginChallenge challenge, CancellationToken cancellation)
    {
        await expired.PlanAsync(new ExpiringRow(Name, Partition(challenge.Id), Row), challenge.ExpiresAt, cancellation);
        await Table.AddEntityAsync(Write(new StoredChallenge(challenge, LoginChallengeState.Open, 0, default)), cancellation);
    }

    public async Task<StoredChallenge?> FindAsync(LoginChallengeId id, CancellationToken cancellation)
    {
        var found = await Table.GetEntityIfExistsAsync<TableEntity>(Partition(id), Row, null, cancellation);
        return found.HasValue ? Read(id, found.Value!) : null;
    }

    /// <returns>False when somebody else changed it meanwhile.</returns>
    public Task<bool> TryWriteAsync(StoredChallenge stored, CancellationToken cancellation) =>
        Table.TryUpdateAsync(Write(stored), stored.ETag, TableUpdateMode.Replace, cancellation);

    private static string Partition(LoginChallengeId id) => id.Value.ToString("N");

    private static TableEntity Write(StoredChallenge stored)
    {
        var it = stored.Challenge;
        return new TableEntity(Partition(it.Id), Row)
        {
            ["Customer"] = it.Customer.Value,
            ["Channel"] = it.Channel.ToString(),
            ["Scope"] = it.Scope.ToString(),
            ["Installation"] = it.Installation.Id.Value,
            ["InstallationName"] = it.Installation.Name,
            ["InstallationType"] = it.Installation.Type.ToString(),
            ["InstallationKey"] = it.Installation.PublicKeyJwk!,
            ["Methods"] = string.Join(' ', it.Methods),
            ["RemembersCustomer"] = it.RemembersCustomer!,
            ["Place"] = it.Place?.ToString()!,
            ["ExpiresAt"] = it.ExpiresAt.ToUnixTimeTicks(),
            ["State"] = stored.State.ToString(),
            ["Tries"] = stored.Tries,
        };
    }

    private static StoredChallenge Read(LoginChallengeId id, TableEntity row) => new(
        new LoginChallenge(
            id, CustomerId.Of(row.GetString("Customer")!), Enum.Parse<SessionChannel>(row.GetString("Channel")!), Enum.Parse<SessionScope>(row.GetString("Scope")!),
            new Installation(
                InstallationId.Of(row.GetString("Installation")!), row.GetString("InstallationName")!, Enum.Parse<InstallationType>(row.GetString("InstallationType")!),
                row.GetString("InstallationKey")),
            row.GetString("Methods")!.Split(' '), row.GetBoolean("RemembersCustomer"), Place.Find(row.GetString("Place")),
            Instant.FromUnixTimeTicks(row.GetInt64("ExpiresAt")!.Value)),
        Enum.Parse<LoginChallengeState>(row.GetString("State")!), row.GetInt32("Tries") ?? 0, row.ETag);
}

/// <param name="Tries">Of Soft PINs; those of sent codes are counted with the code.</param>
internal sealed record StoredChallenge(LoginChallenge Challenge, LoginChallengeState State, int Tries, ETag ETag);

internal enum LoginChallengeState
{
    Open,

    /// <summary>By wrong tries.</summary>
    Cancelled,
    Completed,
}
