using System.Text.Json;
using Azure;
using Azure.Data.Tables;
using NodaTime;

namespace Serverless.Banking.Credentials;

/// <summary>A user as stored, with the hashes of the current and the four former passwords (AUTH-26).</summary>
/// <param name="Former">Newest first.</param>
/// <param name="Registration">Which registration made the user, so that its repeat knows its own.</param>
/// <param name="LastChange">The order that set the password, for the same reason.</param>
internal sealed record UserRow(
    CustomerId Customer, string Password, IReadOnlyList<string> Former, Instant PasswordSetAt, Instant RegisteredAt, bool MayPay, Instant? RecoveredAt, string? Registration,
    string? LastChange, ETag ETag)
{
    public const int FormerAtMost = 4;

    /// <summary>A newcomer who has not confirmed the account's contract yet: no session is opened (ONB-23).</summary>
    public bool AwaitsContract { get; init; }

    /// <summary>The five that a recovery accepts and a change refuses.</summary>
    public IEnumerable<string> LastFive => Former.Prepend(Password);

    public User ToUser() => new(Customer, MayPay, RegisteredAt, PasswordSetAt, RecoveredAt);

    public UserRow WithPassword(string hash, Instant at, string change, bool isRecovery) => this with
    {
        Password = hash,
        Former = [.. LastFive.Take(FormerAtMost)],
        PasswordSetAt = at,
        LastChange = change,
        RecoveredAt = isRecovery ? at : RecoveredAt,
    };

    public TableEntity ToRow() => new(CredentialKeys.Partition(Customer), CredentialKeys.User)
    {
        ["Password"] = Password,
        ["Former"] = JsonSerializer.Serialize(Former),
        ["PasswordSetAt"] = PasswordSetAt.ToUnixTimeTicks(),
        ["RegisteredAt"] = RegisteredAt.ToUnixTimeTicks(),
        ["MayPay"] = MayPay,
        ["RecoveredAt"] = RecoveredAt?.ToUnixTimeTicks()!,
        ["Registration"] = Registration!,
        ["LastChange"] = LastChange!,
        ["AwaitsContract"] = AwaitsContract ? true : null!,
    };

    public static UserRow From(TableEntity row) => new(
        CustomerId.Of(row.PartitionKey), row.GetString("Password")!, JsonSerializer.Deserialize<string[]>(row.GetString("Former")!)!,
        Instant.FromUnixTimeTicks(row.GetInt64("PasswordSetAt")!.Value), Instant.FromUnixTimeTicks(row.GetInt64("RegisteredAt")!.Value),
        row.GetBoolean("MayPay") ?? false, row.GetInt64("RecoveredAt") is { } ticks ? Instant.FromUnixTimeTicks(ticks) : null,
        row.GetString("Registration"), row.GetString("LastChange"), row.ETag)
    {
        AwaitsContract = row.GetBoolean("AwaitsContract") ?? false,
    };
}
