using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using NodaTime;
using Serverless.Banking;
using Serverless.Banking.Ledger;
using Serverless.Functions.Tests.Bills;
using Serverless.Functions.Tests.Http;

namespace Serverless.Functions.Tests.History;

/// <summary>What happens on customers' accounts without a capability of its own yet (cards), and the words that tests read a history in.</summary>
internal static class HistoryScene
{
    public static Instant Now(this BillsBank scene) => Instant.FromDateTimeOffset(scene.Bank.Host.Clock.GetUtcNow());

    public static LocalDate Today(this BillsBank scene) => scene.Now().InZone(BankTime.Tirane).Date;

    public static T Get<T>(this BillsBank scene)
        where T : notnull => scene.Bank.Host.Services.GetRequiredService<T>();

    /// <summary>Books an amount of the account's money away (negative) or to it.</summary>
    public static async Task<Journal> BookAsync(
        this BillsBank scene, Guid account, string kind, string amount, string description, Party? counterparty = null, string currency = "ALL",
        string? reference = null, HoldId? captures = null, string fee = "")
    {
        var (money, isOut) = (Money.Find(amount.TrimStart('-'), Currency.Of(currency))!, amount.StartsWith('-'));
        var id = new AccountId(account);
        var other = BankAccount.Settlement("cards", money.Currency);
        List<Leg> legs = isOut
            ? [Leg.Debit(id, money, counterparty), Leg.Credit(other, money)]
            : [Leg.Debit(other, money), Leg.Credit(id, money, counterparty)];
        if (fee.Length > 0)
        {
            var charge = Money.Find(fee, money.Currency)!;
            legs.AddRange([Leg.Debit(id, charge), Leg.Credit(new BankAccount("fees/cards", money.Currency), charge)]);
        }

        var transaction = TransactionId.Derive("test", Guid.NewGuid().ToString("N"));
        var journal = new Journal(transaction, kind, legs, description, scene.Today(), reference ?? transaction.ToString(), captures);
        var posted = await scene.Get<PostJournal>().RunAsync(journal, CancellationToken.None);
        Assert.True(posted.IsSuccess, posted.IsSuccess ? "" : posted.Error.Code);
        return journal;
    }

    public static async Task<Hold> HoldAsync(this BillsBank scene, Guid account, string amount, HoldText? text)
    {
        var held = await scene.Get<PlaceHold>().RunAsync(
            HoldId.Derive("test", Guid.NewGuid().ToString("N")), new AccountId(account), Money.Find(amount, Currency.All)!,
            scene.Now() + Duration.FromDays(7), "authorisation 1", text, CancellationToken.None);
        return held.Value!;
    }

    /// <summary>One line per operation: <c>booked card_purchase -250.00 ALL Kafe Çela</c>.</summary>
    public static string[] Lines(Answer page)
    {
        Assert.True(page.Status == 200, page.ToString());
        return [.. page.Json["items"]!.AsArray().Select(Line)];
    }

    public static string Line(JsonNode? it) =>
        $"{it!["state"]} {it["type"]} {((string)it["direction"]! == "outgoing" ? "-" : "")}{Payer.Amount(it["amount"]!)} {it["description"]}".TrimEnd();

    /// <summary>All pages after one another.</summary>
    public static async Task<string[]> AllAsync(this Payer customer, string path, int limit)
    {
        var lines = new List<string>();
        for (var cursor = ""; cursor is not null;)
        {
            var page = await customer.GetAsync($"{path}{(path.Contains('?', StringComparison.Ordinal) ? '&' : '?')}limit={limit}{cursor}");
            lines.AddRange(Lines(page));
            cursor = (string?)page.Json["nextCursor"] is { } next ? $"&cursor={next}" : null;
        }

        return [.. lines];
    }
}
