using System.Net;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using NodaTime;
using Serverless.Banking.Customers;
using Serverless.Banking.Messages;
using Serverless.Banking.Notifications;
using Serverless.Banking.Partners;
using Serverless.Banking.Tests.Bills.Automation;
using Serverless.Testing;

namespace Serverless.Banking.Tests.Notifications;

public sealed class DeliveryTests
{
    private static readonly CustomerId Arta = CustomerId.Of("100000001");

    private static readonly NoticeId Id = NoticeId.Of("test", "one");

    [Fact]
    public async Task A_notice_killed_at_any_storage_call_on_its_way_is_delivered_once()
    {
        var gateway = new Gateway();

        var calls = await CrashHarness.ForEveryStorageCallAsync(new CrashScenario<object?>(
            Arrange: async bank =>
            {
                gateway.Forget();
                await bank.Get<SaveContactDetails>().RunAsync(Contact, CancellationToken.None);
                return null;
            },
            Act: async (bank, _) =>
            {
                await bank.Get<SendNotice>().RunAsync(Notice(NoticeChannel.Push), CancellationToken.None);
                await DeliverAsync(bank);
            },
            Check: async (bank, _) =>
            {
                var taken = await bank.Get<NoticeTable>().FindAsync(Id, CancellationToken.None);
                Assert.Equal(taken is null ? 0 : 1, gateway.Delivered.Count);
                Assert.True(taken is null or { State: NoticeState.Delivered });
                Assert.Equal(0, await DueAsync(bank));
                return gateway.Delivered.Count;
            })
        {
            Services = Services(gateway),
            Heal = async (bank, _) =>
            {
                await bank.Get<SweepNotices>().RunAsync(bank.Now, CancellationToken.None);
                await DeliverAsync(bank);
            },
        });

        // Taken; then read, what decides of it read (contact, settings), listed in the app, closed.
        Assert.Equal(6, calls);
    }

    [Fact]
    public async Task A_message_that_comes_twice_late_or_for_nothing_delivers_nothing_more()
    {
        var gateway = new Gateway();
        await using var bank = await StartAsync(gateway);
        await bank.Get<SendNotice>().RunAsync(Notice(NoticeChannel.Email), CancellationToken.None);
        var deliver = bank.Get<DeliverNotice>();

        Assert.Equal(DeliveryOutcome.Delivered, await deliver.RunAsync(Id, CancellationToken.None));
        Assert.Equal(DeliveryOutcome.AlreadyDone, await deliver.RunAsync(Id, CancellationToken.None));
        bank.Clock.Advance(TimeSpan.FromDays(400));
        Assert.Equal(DeliveryOutcome.AlreadyDone, await deliver.RunAsync(Id, CancellationToken.None));
        Assert.Equal(DeliveryOutcome.Unknown, await deliver.RunAsync(NoticeId.Of("never", "sent"), CancellationToken.None));
        Assert.Equal([$"{Id} to arta@example.al"], gateway.Requests);
    }

    [Fact]
    public async Task The_same_notice_is_taken_once_and_its_first_words_stay()
    {
        var gateway = new Gateway();
        await using var bank = await StartAsync(gateway);
        var send = bank.Get<SendNotice>();
        var other = Notice(NoticeChannel.Push) with { Facts = new Dictionary<string, string>(Facts) { ["contract"] = "Tjetër" } };

        Assert.True(await send.RunAsync(Notice(NoticeChannel.Push), CancellationToken.None));
        Assert.False(await send.RunAsync(other, CancellationToken.None));
        await DeliverAsync(bank);

        Assert.Contains("Shtëpia", Assert.Single(gateway.Delivered).Value, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Eight_deliveries_at_the_same_time_deliver_once()
    {
        var gateway = new Gateway();
        await using var bank = await StartAsync(gateway);
        await bank.Get<SendNotice>().RunAsync(Notice(NoticeChannel.Push), CancellationToken.None);

        var outcomes = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => bank.Get<DeliverNotice>().RunAsync(Id, CancellationToken.None))));

        Assert.All(outcomes, outcome => Assert.True(outcome is DeliveryOutcome.Delivered or DeliveryOutcome.AlreadyDone));
        Assert.Single(gateway.Delivered);
        Assert.Equal(0, await DueAsync(bank));
    }

    [Theory]
    [InlineData(HttpStatusCode.InternalServerError)]
    [InlineData(HttpStatusCode.TooManyRequests)]
    public async Task A_gateway_out_of_order_leaves_the_notice_to_the_sweep_and_delivers_it_when_well(HttpStatusCode status)
    {
        var gateway = new Gateway { Answer = status };
        await using var bank = await StartAsync(gateway);
        await bank.Get<SendNotice>().RunAsync(Notice(NoticeChannel.Push), CancellationToken.None);
        await DeliverAsync(bank);
        Assert.Empty(gateway.Delivered);
        Assert.Equal(1, await DueAsync(bank));

        gateway.Answer = HttpStatusCode.Accepted;
        Assert.Equal(1, await bank.Get<SweepNotices>().RunAsync(bank.Now + Duration.FromMinutes(3), CancellationToken.None));
        await DeliverAsync(bank);

        Assert.Single(gateway.Delivered);
        Assert.Equal(0, await bank.Get<SweepNotices>().RunAsync(bank.Now + Duration.FromMinutes(3), CancellationToken.None));
    }

    [Fact]
    public async Task Young_notices_are_left_to_the_message_on_its_way()
    {
        await using var bank = await StartAsync(new Gateway());
        await bank.Get<SendNotice>().RunAsync(Notice(NoticeChannel.Push), CancellationToken.None);

        Assert.Equal(0, await bank.Get<SweepNotices>().RunAsync(bank.Now - Duration.FromMinutes(1), CancellationToken.None));
    }

    [Fact]
    public async Task A_gateway_out_of_order_for_a_day_ends_a_notice_as_failed_and_not_sooner()
    {
        var gateway = new Gateway { Answer = HttpStatusCode.ServiceUnavailable };
        await using var bank = await StartAsync(gateway);
        await bank.Get<SendNotice>().RunAsync(Notice(NoticeChannel.Push), CancellationToken.None);
        var deliver = bank.Get<DeliverNotice>();
        for (var hour = 0; hour < 24; hour++)
        {
            // The circuit breaker may keep some of them from the gateway; the notice waits all the same.
            Assert.Equal(DeliveryOutcome.TryLater, await deliver.RunAsync(Id, CancellationToken.None));
            Assert.Equal(NoticeState.Due, (await bank.Get<NoticeTable>().FindAsync(Id, CancellationToken.None))!.State);
            bank.Clock.Advance(TimeSpan.FromHours(1));
        }

        Assert.Equal(DeliveryOutcome.Failed, await deliver.RunAsync(Id, CancellationToken.None));
        Assert.Equal(NoticeState.Failed, (await bank.Get<NoticeTable>().FindAsync(Id, CancellationToken.None))!.State);
        Assert.Equal(0, await DueAsync(bank));

        gateway.Answer = HttpStatusCode.Accepted;
        Assert.Equal(DeliveryOutcome.AlreadyDone, await deliver.RunAsync(Id, CancellationToken.None));
    }

    [Fact]
    public async Task What_the_gateway_refuses_for_good_is_not_sent_again()
    {
        var gateway = new Gateway { Answer = HttpStatusCode.BadRequest };
        await using var bank = await StartAsync(gateway);
        await bank.Get<SendNotice>().RunAsync(Notice(NoticeChannel.Sms), CancellationToken.None);

        Assert.Equal(DeliveryOutcome.Failed, await bank.Get<DeliverNotice>().RunAsync(Id, CancellationToken.None));
        Assert.Equal(DeliveryOutcome.AlreadyDone, await bank.Get<DeliverNotice>().RunAsync(Id, CancellationToken.None));
        Assert.Equal([$"{Id} to +355691234567"], gateway.Requests);
    }

    [Theory]
    [InlineData(NoticeChannel.Push)]
    [InlineData(NoticeChannel.Email)]
    [InlineData(NoticeChannel.Sms)]
    public async Task Who_has_no_address_for_the_channel_is_unreachable_and_the_others_are_not_kept_waiting(NoticeChannel channel)
    {
        var gateway = new Gateway();
        await using var bank = await StartAsync(gateway, Contact with { PushToken = null, Email = null, Phone = null });
        await bank.Get<SendNotice>().RunAsync(Notice(channel), CancellationToken.None);

        Assert.Equal(DeliveryOutcome.Unreachable, await bank.Get<DeliverNotice>().RunAsync(Id, CancellationToken.None));
        Assert.Equal(0, await DueAsync(bank));
        Assert.Empty(gateway.Requests);
    }

    [Fact]
    public async Task Whom_nobody_has_registered_is_unreachable()
    {
        await using var bank = await TestBank.StartAsync(Services(new Gateway()));
        await bank.Get<SendNotice>().RunAsync(Notice(NoticeChannel.Push), CancellationToken.None);

        Assert.Equal(DeliveryOutcome.Unreachable, await bank.Get<DeliverNotice>().RunAsync(Id, CancellationToken.None));
    }

    private static readonly ContactDetails Contact = new(Arta, "Arta Hoxha", Language.Albanian, "token", "arta@example.al", "+355691234567");

    private static readonly Dictionary<string, string> Facts = new()
    {
        ["company"] = "OSHEE",
        ["contract"] = "Shtëpia",
        ["amount"] = "1707.40 ALL",
        ["invoiceDate"] = "01.08.2018",
    };

    private static Notice Notice(NoticeChannel channel) => new(Id, Arta, channel, NoticeKind.NewInvoice, Facts);

    private static async Task<TestBank> StartAsync(Gateway gateway, ContactDetails? contact = null)
    {
        var bank = await TestBank.StartAsync(Services(gateway));
        await bank.Get<SaveContactDetails>().RunAsync(contact ?? Contact, CancellationToken.None);
        return bank;
    }

    /// <summary>One try per delivery, so that a test knows what was sent.</summary>
    private static Action<IServiceCollection> Services(Gateway gateway) => services =>
    {
        WorkMessages.AddTo(services);
        services.AddPartners().AddCustomers().AddNotifications();
        services.Configure<PartnersOptions>(options =>
        {
            options.Transport = () => new Line(gateway);
            foreach (var endpoint in new[] { options.Push, options.Email, options.Sms })
                (endpoint.BaseUrl, endpoint.Retries) = (new Uri("http://gateway.example/"), 0);
        });
    };

    private static async Task DeliverAsync(TestBank bank)
    {
        foreach (var due in bank.Get<WorkMessages>().Take<NoticeDue>(WorkQueues.Notices))
            await bank.Get<DeliverNotice>().RunAsync(NoticeId.Parse(due.NoticeId), CancellationToken.None);
    }

    private static async Task<int> DueAsync(TestBank bank)
    {
        var due = 0;
        await foreach (var _ in bank.Get<NoticeTable>().DueAsync(Instant.MaxValue, CancellationToken.None))
            due++;
        return due;
    }

    /// <summary>A gateway by the contract in docs/partners.md: an id is delivered once, however often it is sent.</summary>
    private sealed class Gateway
    {
        private readonly Lock gate = new();

        public HttpStatusCode Answer { get; set; } = HttpStatusCode.Accepted;

        public Dictionary<string, string> Delivered { get; } = [];

        /// <summary>"id to address" of every call.</summary>
        public List<string> Requests { get; } = [];

        public void Forget()
        {
            Delivered.Clear();
            Requests.Clear();
        }

        public void Take(JsonObject message)
        {
            lock (gate)
            {
                Requests.Add($"{message["id"]} to {message["to"]}");
                if (Answer == HttpStatusCode.Accepted)
                    Delivered.TryAdd($"{message["id"]}", $"{message["title"]}: {message["text"]}");
            }
        }
    }

    private sealed class Line(Gateway gateway) : HttpMessageHandler
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            Assert.Equal("http://gateway.example/messages", request.RequestUri!.AbsoluteUri);
            gateway.Take(JsonNode.Parse(await request.Content!.ReadAsStringAsync(cancellationToken))!.AsObject());
            return new HttpResponseMessage(gateway.Answer) { Content = new StringContent("") };
        }
    }
}
