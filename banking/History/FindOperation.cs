using NodaTime;
using Serverless.Banking.Ledger;

namespace Serverless.Banking.History;

/// <summary>One operation with everything the bank can say about it.</summary>
/// <param name="AccountIban">Of the customer's account.</param>
/// <param name="Fee">What the bank took for it, a line of its own in the history; null when it took nothing or the account did not pay it.</param>
/// <param name="Chat">The transfer whose messages belong to it, for transfers inside the bank; null else.</param>
/// <param name="CounterpartyPhoto">Where the counterparty's photo is, when he permits it (PROF-03); null else.</param>
public sealed record OperationDetails(Operation Operation, string AccountIban, Money? Fee, Guid? Chat, string? CounterpartyPhoto)
{
    /// <summary>Everything that the journal booked on the account, which a receipt is signed over; empty for what is not booked.</summary>
    internal IReadOnlyList<Entry> Lines { get; init; } = [];

    /// <summary>A receipt is for what is in the books.</summary>
    public bool HasReceipt => Operation.State == OperationState.Booked;
}

/// <summary>One operation of a customer with all its details (HIST-06).</summary>
public sealed class FindOperation
{
    /// <summary>Kinds of journals that a transfer inside the bank books; their reference is the transfer's id.</summary>
    private static readonly string[] WithChat = ["inside_transfer", "phone_transfer", "request_payment", "qr_payment"];

    private readonly ReadBook books;
    private readonly FindEntries entries;
    private readonly ListHolds holds;
    private readonly UnbookedOperations unbooked;
    private readonly ICounterpartyPhotos photos;
    private readonly TimeProvider time;

    internal FindOperation(ReadBook books, FindEntries entries, ListHolds holds, UnbookedOperations unbooked, ICounterpartyPhotos photos, TimeProvider time) =>
        (this.books, this.entries, this.holds, this.unbooked, this.photos, this.time) = (books, entries, holds, unbooked, photos, time);

    /// <returns>
    /// The operation as it is now; an id given out while it was pending leads to what is booked meanwhile. Or <see cref="OperationNotFound"/>, also for
    /// somebody else's and for ids of another shape. Three storage calls for a booked one.
    /// </returns>
    public async Task<Result<OperationDetails>> RunAsync(CustomerId customer, string id, CancellationToken cancellation)
    {
        if (OperationId.Find(id) is not { } operation)
            return new OperationNotFound();
        var details = operation.Read() switch
        {
            ({ } line, _, _) => await BookedAsync(customer, line, cancellation),
            (_, { } held, _) => await HeldAsync(customer, held, cancellation),
            (_, _, { } item) => await OrderedAsync(customer, item, cancellation),
            _ => null,
        };
        return details is null ? new OperationNotFound() : details;
    }

    private async Task<OperationDetails?> BookedAsync(CustomerId customer, BookedLine line, CancellationToken cancellation)
    {
        var reading = books.RunAsync(line.Account, cancellation);
        var (booked, book) = (await entries.RunAsync(line.Transaction, line.Account, cancellation), await reading);
        if (book is null || book.Owner != customer || booked is null)
            return null;
        var entry = line.Leg is { } leg ? booked.Lines.FirstOrDefault(candidate => candidate.Leg == leg) : booked.Lines[0];
        if (entry is null)
            return null;

        var operation = Operation.Of(line.Account, entry);
        Guid? chat = WithChat.Contains(entry.Kind, StringComparer.Ordinal) && Guid.TryParseExact(entry.Reference, "N", out var transfer) ? transfer : null;
        return (await DetailsAsync(operation, book, FeeOf(booked.Journal, book), chat, cancellation)) with { Lines = booked.Lines };
    }

    private async Task<OperationDetails?> HeldAsync(CustomerId customer, HeldAmount held, CancellationToken cancellation)
    {
        var reading = books.RunAsync(held.Account, cancellation);
        var (hold, book) = (await holds.FindAsync(held.Account, held.Hold, cancellation), await reading);
        if (book is null || book.Owner != customer || hold?.Text is null)
            return null;
        if (hold.CapturedBy is { } transaction)
            return await BookedAsync(customer, new BookedLine(transaction, held.Account, null), cancellation);
        var operation = Operation.Of(hold);
        var isOver = operation.State == OperationState.Pending && hold.ExpiresAt <= Instant.FromDateTimeOffset(time.GetUtcNow());
        return await DetailsAsync(isOver ? operation with { State = OperationState.Cancelled } : operation, book, null, null, cancellation);
    }

    private async Task<OperationDetails?> OrderedAsync(CustomerId customer, SourceItem item, CancellationToken cancellation)
    {
        if (unbooked.Find(item.Source) is not { } source || await source.FindAsync(customer, item.Id, cancellation) is not { } operation)
            return null;
        if (operation.Transaction is { } transaction && operation.State is OperationState.Booked or OperationState.Pending
            && await BookedAsync(customer, new BookedLine(transaction, operation.Account, null), cancellation) is { } booked)
        {
            return booked;
        }

        return await books.RunAsync(operation.Account, cancellation) is { } book && book.Owner == customer
            ? await DetailsAsync(operation, book, null, null, cancellation)
            : null;
    }

    private async Task<OperationDetails> DetailsAsync(Operation operation, AccountBook book, Money? fee, Guid? chat, CancellationToken cancellation) => new(
        operation, book.Iban, fee, chat, operation.Counterparty is { } party ? await photos.FindAsync(book.Owner, party, cancellation) : null);

    /// <summary>What the journal gave to the bank's fee accounts; only the account that was debited paid it.</summary>
    private static Money? FeeOf(Journal? journal, AccountBook book)
    {
        if (journal is null || journal.Debtor != book.Id)
            return null;
        var fee = journal.Legs.Where(leg => leg.Side == Side.Credit && leg.Amount.Currency == book.Currency
                && leg.BankAccount?.Name.StartsWith("fees/", StringComparison.Ordinal) == true)
            .Aggregate(Money.Zero(book.Currency), (sum, leg) => sum + leg.Amount);
        return fee.IsPositive ? fee : null;
    }
}

/// <summary>Photos that customers let others see (PROF-03).</summary>
public interface ICounterpartyPhotos
{
    /// <returns>Where the photo is fetched; null when the party is not a customer, has none, or does not permit it.</returns>
    /// <param name="viewer">Who looks; sees photos only of those he has saved.</param>
    Task<string?> FindAsync(CustomerId viewer, Party counterparty, CancellationToken cancellation);
}

/// <summary>Until customers have profiles nobody has given a permission.</summary>
internal sealed class NoCounterpartyPhotos : ICounterpartyPhotos
{
    public Task<string?> FindAsync(CustomerId viewer, Party counterparty, CancellationToken cancellation) => Task.FromResult<string?>(null);
}
