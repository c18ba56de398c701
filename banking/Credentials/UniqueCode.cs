using Azure;
using Azure.Data.Tables;
using NodaTime;

namespace Serverless.Banking.Credentials;

/// <summary>A unique code as the officer hands it over; shown once and kept only as a keyed hash (ONB-05, ONB-26).</summary>
/// <param name="Code">Eight capital letters and digits without those that look alike.</param>
public sealed record UniqueCode(string Code, Instant ExpiresAt);

/// <summary>One unique code of a customer, without the code.</summary>
/// <remarks>The default value of this type is no code.</remarks>
public readonly record struct UniqueCodeId(string Value);

internal enum UniqueCodeState
{
    Valid,
    Used,

    /// <summary>By wrong tries.</summary>
    Void,
}

/// <param name="Id">Of the officer's order.</param>
internal sealed record UniqueCodeRow(CustomerId Customer, UniqueCodeId Id, string Hash, Instant ExpiresAt, UniqueCodeState State, ETag ETag)
{
    public static UniqueCodeRow From(TableEntity row) => new(
        CustomerId.Of(row.PartitionKey), new UniqueCodeId(row.GetString("Order")!), row.GetString("Hash")!,
        Instant.FromUnixTimeTicks(row.GetInt64("ExpiresAt")!.Value), Enum.Parse<UniqueCodeState>(row.GetString("State")!), row.ETag);

    public TableEntity ToRow() => new(CredentialKeys.Partition(Customer), CredentialKeys.UniqueCode)
    {
        ["Order"] = Id.Value,
        ["Hash"] = Hash,
        ["ExpiresAt"] = ExpiresAt.ToUnixTimeTicks(),
        ["State"] = State.ToString(),
    };

    /// <summary>For the group that does what the code allows: both happen or neither.</summary>
    public TableTransactionAction Use() => new(TableTransactionActionType.UpdateReplace, (this with { State = UniqueCodeState.Used }).ToRow(), ETag);
}
