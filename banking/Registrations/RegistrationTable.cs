using Azure;
using Azure.Data.Tables;
using NodaTime;
using Serverless.Banking.Credentials;
using Serverless.Banking.Storage;

namespace Serverless.Banking.Registrations;

/// <summary>Table Registrations: one partition with one row each.</summary>
internal sealed class RegistrationTable(BankTables tables, TimeProvider time)
{
    public const string Name = "Registrations";

    private const string Row = "registration";

    public Instant Now => Instant.FromDateTimeOffset(time.GetUtcNow());

    private TableClient Table => tables.Open(Name);

    public Task AddAsync(Registration registration, CancellationToken cancellation) => Table.AddEntityAsync(Write(registration), cancellation);

    /// <summary>The registration, when the step is the one that is due.</summary>
    /// <returns>Or, first match: <see cref="RegistrationNotFound"/>, <see cref="RegistrationExpired"/>, <see cref="StepOutOfOrder"/>.</returns>
    public async Task<Result<StoredRegistration>> FindAsync(RegistrationId id, CancellationToken cancellation, params RegistrationStep[] steps)
    {
        if (await FindAsync(id, cancellation) is not { } stored)
            return new RegistrationNotFound();
        if (stored.Registration.ExpiresAt <= Now)
            return new RegistrationExpired();
        return steps.Contains(stored.Registration.Next) ? stored : new StepOutOfOrder(stored.Registration.Next);
    }

    /// <returns>Or <see cref="StepOutOfOrder"/>: somebody else took the step meanwhile.</returns>
    public async Task<Result<Registration>> WriteAsync(StoredRegistration stored, Registration after, CancellationToken cancellation)
    {
        try
        {
            await Table.UpdateEntityAsync(Write(after), stored.ETag, TableUpdateMode.Replace, cancellation);
            return after;
        }
        catch (RequestFailedException e) when (e.Status is 404 or 412)
        {
            return await FindAsync(after.Id, cancellation) is { } now ? new StepOutOfOrder(now.Registration.Next) : new RegistrationNotFound();
        }
    }

    private async Task<StoredRegistration?> FindAsync(RegistrationId id, CancellationToken cancellation)
    {
        var found = await Table.GetEntityIfExistsAsync<TableEntity>(Partition(id), Row, null, cancellation);
        return found.HasValue ? Read(id, found.Value!) : null;
    }

    private static string Partition(RegistrationId id) => id.Value.ToString("N");

    private static TableEntity Write(Registration it) => new(Partition(it.Id), Row)
    {
        ["Path"] = it.Path.ToString(),
        ["Next"] = it.Next.ToString(),
        ["Customer"] = it.Customer?.Value!,
        ["Methods"] = string.Join(' ', it.Methods),
        ["UniqueCode"] = it.UniqueCode?.Value!,
        ["ExpiresAt"] = it.ExpiresAt.ToUnixTimeTicks(),
    };

    private static StoredRegistration Read(RegistrationId id, TableEntity row) => new(
        new Registration(
            id, Enum.Parse<RegistrationPath>(row.GetString("Path")!), Enum.Parse<RegistrationStep>(row.GetString("Next")!), CustomerId.Find(row.GetString("Customer")),
            Instant.FromUnixTimeTicks(row.GetInt64("ExpiresAt")!.Value))
        {
            Methods = [.. row.GetString("Methods")!.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(Enum.Parse<RegistrationMethod>)],
            UniqueCode = row.GetString("UniqueCode") is { } code ? new UniqueCodeId(code) : null,
        },
        row.ETag);
}

internal sealed record StoredRegistration(Registration Registration, ETag ETag);
