using Azure.Data.Tables;
using NodaTime;
using Serverless.Banking.Bills;
using Serverless.Banking.Messages;
using Serverless.Banking.Storage;
using Serverless.Banking.Telemetry;
using Serverless.Testing;

namespace Serverless.Banking.Tests.Bills.Automation;

/// <summary>However many are due, few are held at a time.</summary>
public sealed class ManyDueBillsTests
{
    private static readonly Instant Now = PaymentCalendar.RunAt(new LocalDate(2026, 3, 5));

    [Fact]
    public async Task Due_bills_are_handed_out_while_they_are_found_and_a_send_holds_no_more_than_a_hundred()
    {
        await using var bank = await TestBank.StartInMemoryAsync(
            services => services.AddTable(AuthorisationKeys.Table).AddTable(CollectionKeys.Table), isProbed: false);
        var (table, sizes) = (bank.Get<BankTables>().Open(CollectionKeys.Table), new SendSizes());
        for (var i = 0; i < 1000; i++)
            await PointAsync(table, AuthorisationId.Of(CustomerId.Of(BillScene.Arta), IdempotencyKey.Of($"bill-{i}")));
        var authorisations = new AuthorisationTable(bank.Get<BankTables>(), bank.Clock);

        Assert.Equal(1000, await new CollectDueBills(authorisations, sizes, bank.Get<BankMetrics>()).RunAsync(Now, CancellationToken.None));

        Assert.All(sizes.Sent, size => Assert.InRange(size, 1, WorkHandOut.AtOnce));
        Assert.Equal((1000, 1000), (sizes.Sent.Sum(), sizes.Bodies.Distinct().Count()));
    }

    [Fact]
    public async Task Work_is_sent_before_the_next_of_it_is_looked_for_and_none_is_sent_when_there_is_none()
    {
        var (sizes, found) = (new SendSizes(), 0);

        Assert.Equal(201, await sizes.HandOutAsync("queue", FindAsync(201), CancellationToken.None));
        Assert.Equal(0, await sizes.HandOutAsync("queue", FindAsync(0), CancellationToken.None));

        Assert.Equal([100, 100, 1], sizes.Sent);

        async IAsyncEnumerable<int> FindAsync(int count)
        {
            for (var i = 0; i < count; i++)
            {
                Assert.InRange(++found - sizes.Sent.Sum(), 1, WorkHandOut.AtOnce);
                yield return i;
                await Task.Yield();
            }
        }
    }

    private static Task PointAsync(TableClient table, AuthorisationId id) => table.AddEntityAsync(
        new TableEntity(CollectionKeys.Partition(id), CollectionKeys.Row(Now, id)) { ["Customer"] = BillScene.Arta, ["Authorisation"] = id.Value });

    private sealed class SendSizes : IWorkMessages
    {
        public List<int> Sent { get; } = [];

        public List<object> Bodies { get; } = [];

        public Task SendAsync<T>(string queue, IReadOnlyCollection<T> bodies, CancellationToken cancellation)
        {
            lock (Bodies)
            {
                Sent.Add(bodies.Count);
                Bodies.AddRange(bodies.Cast<object>());
            }

            return Task.CompletedTask;
        }
    }
}
