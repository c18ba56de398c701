using System.Collections.Concurrent;
using Microsoft.Extensions.DependencyInjection;
using Serverless.Banking;
using Serverless.Banking.Accounts;
using Serverless.Banking.Customers;

namespace Serverless.Functions.Tests.Accounts;

/// <summary>Stands for capabilities that keep cards and deposits.</summary>
public sealed class SummaryStubs
{
    public ConcurrentDictionary<string, LinkedCard> Cards { get; } = new();

    /// <summary>Customers whose deposits cannot be read.</summary>
    public ConcurrentDictionary<string, bool> WithoutDeposits { get; } = new();

    public void AddTo(IServiceCollection services) => services
        .AddSingleton<ILinkedCards>(new CardStub(this))
        .AddSingleton<ISummarySource>(new DepositStub(this));

    private sealed class CardStub(SummaryStubs stubs) : ILinkedCards
    {
        public Task<IReadOnlyList<LinkedCard>> ListAsync(CustomerId customer, CancellationToken cancellation) =>
            Task.FromResult<IReadOnlyList<LinkedCard>>(stubs.Cards.TryGetValue(customer.Value, out var card) ? [card] : []);
    }

    private sealed class DepositStub(SummaryStubs stubs) : ISummarySource
    {
        public SummarySectionName Section => SummarySectionName.Deposits;

        public Task<IReadOnlyList<SummaryItem>> ListAsync(CustomerId customer, Language language, CancellationToken cancellation) =>
            stubs.WithoutDeposits.ContainsKey(customer.Value)
                ? throw new TimeoutException("The deposits do not answer.")
                : Task.FromResult<IReadOnlyList<SummaryItem>>([new("d1", "Deposit", null, Money.OfMinor(5_000_000, Currency.All), "deposits/d1")]);
    }
}
