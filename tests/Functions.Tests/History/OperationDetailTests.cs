using System.Collections.Concurrent;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using NodaTime;
using Serverless.Banking;
using Serverless.Banking.History;
using Serverless.Banking.Ledger;
using Serverless.Functions.Tests.Bills;
using Serverless.Functions.Tests.Http;
using Serverless.Testing;

namespace Serverless.Functions.Tests.History;

/// <summary>A history in which one counterparty lets others see his photo, and a capability has orders that the test makes.</summary>
public sealed class DetailBank : BillsBank
{
    private readonly ConcurrentDictionary<Guid, (string Customer, Operation Operation)> orders = new();

    public Guid Order(string customer, Guid account, OperationState state, string description, string? failure = null, TransactionId? transaction = null)
    {
        var id = Guid.NewGuid();
        orders[id] = (customer, new Operation(
            OperationId.Of("test-order", id), new AccountId(account), this.Now(), state, "test_order", Money.OfMinor(-300, Currency.All), description, null, "")
        { FailureCode = failure, Transaction = transaction });
        return id;
    }

    public void Settle(Guid order, TransactionId journal) => orders[order] = (
        orders[order].Customer, orders[order].Operation with { State = OperationState.Booked, Transaction = journal });

    protected override void Configure(Serverless.Emulator.FunctionsTestHostOptions options) => options.ConfigureServices(services => services
        .AddSingleton<ICounterpartyPhotos, Photos>().AddSingleton<IOperationSource>(new Orders(this)));

    private sealed class Photos : ICounterpartyPhotos
    {
        public Task<string?> FindAsync(CustomerId viewer, Party counterparty, CancellationToken cancellation) =>
            Task.FromResult(counterparty.Name == "Besa" ? "/api/v1/customers/photos/1" : null);
    }

    private sealed class Orders(DetailBank bank) : IOperationSource
    {
        public string Name => "test-order";

        public IAsyncEnumerable<Operation> ListAsync(CustomerId customer, AccountId? account, Interval period, CancellationToken cancellation) =>
            bank.orders.Values.Where(order => order.Customer == customer.Value && order.Operation.State != OperationState.Booked && period.Contains(order.Operation.At)
                    && (account is null || order.Operation.Account == account))
                .Select(order => order.Operation).OrderByDescending(operation => operation.At).ToAsyncEnumerable();

        public Task<Operation?> FindAsync(CustomerId customer, Guid id, CancellationToken cancellation) =>
            Task.FromResult(bank.orders.TryGetValue(id, out var order) && order.Customer == customer.Value ? order.Operation : null);
    }
}

public sealed class OperationDetailTests(DetailBank scene) : IClassFixture<DetailBank>
{
    [Fact, Requirement("HIST-06")]
    public async Task Details_show_fee_photo_chat_and_receipt()
    {
        var arta = await scene.CustomerAsync();
        var account = await arta.OpenAccountAsync("1000.00");
        var transfer = Guid.NewGuid();
        await scene.BookAsync(account, "inside_transfer", "-40.00", "Dhuratë", new Party("Besa", "AL35202111090000000001234567"), reference: $"{transfer:N}", fee: "1.50");
        await scene.BookAsync(account, "card_purchase", "-5.00", "Kafe", new Party("Kafe Çela", null));

        var gift = (await arta.GetAsync($"v1/operations/{await IdAsync(arta, "-40.00")}")).Json;
        var iban = (string)(await arta.GetAsync($"v1/accounts/{account}")).Json["iban"]!;
        Assert.Equal(
            $"booked inside_transfer -40.00 ALL Dhuratë, {iban}, fee 1.50 ALL, /api/v1/operations/{gift["operation"]!["id"]}/receipt /api/v1/transfers/{transfer}/messages /api/v1/customers/photos/1",
            $"{HistoryScene.Line(gift["operation"])}, {gift["accountIban"]}, fee {Payer.Amount(gift["fee"]!)}, {gift["links"]!["receipt"]} {gift["links"]!["messages"]} {gift["links"]!["counterpartyPhoto"]}");
        Assert.Matches("^[0-9a-f]{32}$", (string)gift["number"]!);

        var coffee = (await arta.GetAsync($"v1/operations/{await IdAsync(arta, "-5.00")}")).Json;
        Assert.Null(coffee["fee"]);
        Assert.Equal(" ", $"{coffee["links"]!["messages"]} {coffee["links"]!["counterpartyPhoto"]}");
    }

    [Fact, Requirement("HIST-17"), Requirement("HIST-06")]
    public async Task A_receipt_made_again_is_the_same_and_its_link_lives_fifteen_minutes()
    {
        var arta = await scene.CustomerAsync();
        var account = await arta.OpenAccountAsync("1000.00");
        await scene.BookAsync(account, "inside_transfer", "-40.00", "Për çantën e Ëngjëllit", new Party("Ëngjëll Çela", "AL35202111090000000001234567"), fee: "1.50");
        var id = await IdAsync(arta, "-40.00");
        var details = (await arta.GetAsync($"v1/operations/{id}")).Json;

        var (first, second) = (await arta.GetAsync($"v1/operations/{id}/receipt"), await arta.GetAsync($"v1/operations/{id}/receipt"));
        var (pdf, again) = (await FetchAsync(first), await FetchAsync(second));
        Assert.Equal(Convert.ToHexString(pdf), Convert.ToHexString(again));
        var text = PdfText.Of(pdf);
        foreach (var words in new[]
        {
            (string)details["number"]!, "40.00 ALL", "1.50 ALL", "Ëngjëll Çela, AL35202111090000000001234567", (string)details["accountIban"]!, "Për çantën e Ëngjëllit",
            "inside_transfer",
        })
            Assert.Contains(words, text, StringComparison.Ordinal);

        var verified = await scene.Bank.CallAsync("POST", "public/v1/receipts/verification", $$"""{"receipt":"{{first.Json["signed"]}}"}""");
        Assert.Equal(200, verified.Status);
        Assert.Contains((string)details["number"]!, verified.Text.Replace("-", "", StringComparison.Ordinal), StringComparison.Ordinal);

        await scene.Bank.AdvanceAsync(TimeSpan.FromMinutes(15));
        using var late = await scene.Bank.Anonymous.GetAsync(Address(first));
        Assert.Equal(System.Net.HttpStatusCode.Conflict, late.StatusCode);
        Assert.Contains("link_expired", await late.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact, Requirement("HIST-12"), Requirement("HIST-06")]
    public async Task Orders_that_are_not_booked_are_listed_with_their_state_and_give_way_to_their_entries()
    {
        var arta = await scene.CustomerAsync();
        var account = await arta.OpenAccountAsync("1000.00");
        var booked = await scene.BookAsync(account, "inside_transfer", "-7.00", "E kaluar");
        scene.Order(arta.Number, account, OperationState.Failed, "E dështuar", "insufficient_funds");
        scene.Order(arta.Number, account, OperationState.Cancelled, "E anuluar");
        var pending = scene.Order(arta.Number, account, OperationState.Pending, "Në pritje");
        scene.Order(arta.Number, account, OperationState.Pending, "Ende në pritje sipas burimit", transaction: booked.Id);
        string[] all =
        [
            "pending test_order -3.00 ALL Në pritje", "cancelled test_order -3.00 ALL E anuluar", "failed test_order -3.00 ALL E dështuar",
            "booked inside_transfer -7.00 ALL E kaluar", "booked cash_deposit 1000.00 ALL Derdhje",
        ];

        Assert.Equal(all, HistoryScene.Lines(await arta.GetAsync("v1/operations")));
        foreach (var query in new[] { "", "?sort=date_oldest_first", "?sort=amount_lowest_first", "?sort=amount_highest_first" })
            Assert.Equal(all.Order(StringComparer.Ordinal), (await arta.AllAsync($"v1/accounts/{account}/operations{query}", 2)).Order(StringComparer.Ordinal));
        Assert.Equal(all.Reverse(), await arta.AllAsync("v1/operations?sort=date_oldest_first", 1));
        Assert.Equal(all[1..2], HistoryScene.Lines(await arta.GetAsync("v1/operations?state=cancelled")));
        Assert.Equal(all[3..], HistoryScene.Lines(await arta.GetAsync("v1/operations?state=booked")));
        Assert.Equal(all[2..3], HistoryScene.Lines(await arta.GetAsync("v1/operations?search=deshtuar")));

        var failed = (await arta.GetAsync("v1/operations?state=failed")).Json["items"]![0]!;
        Assert.Equal("insufficient_funds", (string)failed["failureCode"]!);
        Assert.Equal("409 receipt_not_available", (await arta.GetAsync($"v1/operations/{failed["id"]}/receipt")).ToString());
        Assert.Equal("404 operation_not_found", (await (await scene.CustomerAsync()).GetAsync($"v1/operations/{failed["id"]}")).ToString());

        // What was pending is booked: its old id shows the entry.
        var late = await scene.BookAsync(account, "inside_transfer", "-3.00", "Tani", reference: "x");
        scene.Settle(pending, late.Id);
        Assert.Equal("booked inside_transfer -3.00 ALL Tani", HistoryScene.Line((await arta.GetAsync($"v1/operations/test-order-{pending:N}")).Json["operation"]));
    }

    private static async Task<string> IdAsync(Payer customer, string amount) =>
        (string)(await customer.GetAsync("v1/operations")).Json["items"]!.AsArray().Single(item => $"-{item!["amount"]!["amount"]}" == amount)!["id"]!;

    private static string Address(Answer receipt) => ((string)receipt.Json["pdf"]!["url"]!).TrimStart('/');

    private async Task<byte[]> FetchAsync(Answer receipt)
    {
        Assert.True(receipt.Status == 200, receipt.ToString());
        using var answer = await scene.Bank.Anonymous.GetAsync(Address(receipt));
        var bytes = await answer.Content.ReadAsByteArrayAsync();
        Assert.True(answer.IsSuccessStatusCode, Encoding.UTF8.GetString(bytes));
        Assert.Equal("application/pdf", answer.Content.Headers.ContentType?.MediaType);
        return bytes;
    }
}
