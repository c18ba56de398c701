using Microsoft.Extensions.DependencyInjection;
using Serverless.Banking.Accounts;
using Serverless.Banking.Customers;
using Serverless.Banking.Documents;
using Serverless.Banking.Fx;
using Serverless.Banking.Ledger;
using Serverless.Banking.Quotes;
using Serverless.Testing;

namespace Serverless.Banking.Tests.Accounts;

public sealed class AccountCrashTests
{
    private static readonly CustomerId Arta = CustomerId.Of("100000001");

    [Fact, ProvesCrashSafety(typeof(LabelBook))]
    public async Task A_label_given_while_the_process_is_killed_is_given_or_not_and_the_money_stays() =>
        Assert.InRange(await CrashHarness.ForEveryStorageCallAsync(new CrashScenario<AccountId>(
            Arrange: bank => bank.OpenAccountAsync(Arta.Value, "100.00"),
            Act: (bank, account) => bank.Get<LabelBook>().RunAsync(account, Arta, label => label with { Logo = "house" }, CancellationToken.None),
            Check: async (bank, account) =>
            {
                var book = (await bank.Get<ReadBook>().RunAsync(account, CancellationToken.None))!;
                Assert.Equal((10000, null), (book.Balance.Minor, book.Label.Description));
                return book.Label.Logo is null ? 0 : 1;
            })), 2, 3);

    [Fact, ProvesCrashSafety(typeof(LabelAccount))]
    public async Task Settings_saved_while_the_process_is_killed_are_saved_or_not() =>
        Assert.InRange(await CrashHarness.ForEveryStorageCallAsync(new CrashScenario<AccountId>(
            Arrange: bank => bank.OpenAccountAsync(Arta.Value, "100.00"),
            Act: (bank, account) => bank.Get<LabelAccount>().RunAsync(Arta, account, label => label with { Logo = "car" }, CancellationToken.None),
            Check: async (bank, account) =>
                (await bank.Get<FindAccount>().RunAsync(Arta, account, CancellationToken.None)).Value is { Logo: var logo, Balance.Minor: 10000 } ? logo == "car" ? 1 : 0 : -1)), 2, 4);

    [Fact, ProvesCrashSafety(typeof(ConfirmOpening))]
    public async Task An_opening_killed_at_any_storage_call_leaves_an_account_with_its_money_or_none_and_the_money_where_it_was()
    {
        Assert.InRange(await CrashHarness.ForEveryStorageCallAsync(new CrashScenario<(AccountId From, string Quote)>(
            Arrange: async bank =>
            {
                var from = await bank.OpenAccountAsync(Arta.Value, "5000.00");
                var quote = await bank.Get<QuoteOpening>().RunAsync(
                    new OpeningWish(
                        Arta, AccountType.Savings, Currency.Eur, "Kursime", "gift", new StatementChoice("ela@example.com", StatementFrequency.Monthly, 31),
                        from, Money.OfMinor(1500, Currency.Eur), Language.Albanian),
                    CancellationToken.None);
                return (from, quote.Value!.Text);
            },
            Act: (bank, state) => bank.Get<ConfirmOpening>().RunAsync(
                new OpeningConfirmation(Arta, IdempotencyKey.Of("k1"), "hash", state.Quote, ProductTerms.Current), CancellationToken.None),
            Check: async (bank, state) =>
            {
                var accounts = await bank.Get<ListAccounts>().RunAsync(Arta, CancellationToken.None);
                var (from, opened) = (accounts.Single(account => account.Id == state.From), accounts.SingleOrDefault(account => account.Id != state.From));
                if (opened is null)
                    return from.Balance.Minor == 500000 ? 0 : -1;

                // With its money, its label, its subscription and its contract.
                var subscription = await bank.Get<FindSubscription>().RunAsync(Arta, opened.Id, CancellationToken.None);
                var contract = await bank.Get<FindContract>().RunAsync(Arta, opened.Id, CancellationToken.None);
                var file = await bank.Get<DownloadDocument>().RunAsync(contract.Value!.Document, CancellationToken.None);
                Assert.Equal(contract.Value.Opening.ContractHash, StoredDocuments.HashOf(file.Value!.Content));
                return (opened.Balance.ToDecimalString(), from.Balance.Minor, opened.Logo, subscription.Value!.IsEnabled) == ("15.00", 500000 - 148350, "gift", true) ? 1 : -1;
            })
        {
            Services = Services,
        }), 12, 40);
    }

    internal static void Services(IServiceCollection services)
    {
        services.AddAccountServices();

        // The harness's sweeps take minutes.
        services.Configure<QuotesOptions>(options => (options.Key, options.Lifetime) = (Convert.ToBase64String(new byte[32]), TimeSpan.FromHours(1)));
        services.Configure<DocumentsOptions>(options => options.LinkKeys = [Convert.ToBase64String(new byte[32])]);
        services.Configure<ExchangeRatesOptions>(options => options.Rates["EUR"] = new ExchangeRate { Buy = 97.20m, Sell = 98.90m });
    }
}
