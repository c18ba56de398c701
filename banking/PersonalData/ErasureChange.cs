using System.Globalization;
using Serverless.Banking.Approvals;

namespace Serverless.Banking.PersonalData;

/// <summary>Erasing cannot be undone, so two people agree to it.</summary>
internal sealed class ErasureChange(ErasePersonalData erase) : IChangeHandler
{
    internal const string Name = "personal_data_erasure";

    public string Kind => Name;

    /// <returns>How much there is. Or, first match: <see cref="RelationshipNotEnded"/>, <see cref="NothingHeld"/>.</returns>
    public async Task<Result<string>> DescribeAsync(string content, CancellationToken cancellation) =>
        (await erase.CountAsync(CustomerId.Of(content), cancellation)).Then(Rows);

    public async Task<Result<string>> ApplyAsync(Change approved, CancellationToken cancellation) =>
        (await erase.RunAsync(CustomerId.Of(approved.Content), cancellation)).Then<string>(_ => "erased");

    private static Result<string> Rows(int count) => string.Create(CultureInfo.InvariantCulture, $"{count} rows");
}

/// <summary>How an erasure is proposed.</summary>
public static class PersonalDataChanges
{
    public static ChangeProposal Erasure(string key, CustomerId customer, string reason) =>
        new(key, ErasureChange.Name, $"customer/{customer}", customer.Value, "erased", reason);
}
