using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Serverless.Banking.Audit;
using Serverless.Banking.Messages;
using Serverless.Banking.Tests.Bills.Automation;
using Serverless.Banking.Webhooks;
using Serverless.Testing;

namespace Serverless.Banking.Tests.Webhooks;

public sealed class WebhookCrashTests
{
    private const string Type = "thing.happened";

    [Fact, ProvesCrashSafety(typeof(PublishEvent)), ProvesCrashSafety(typeof(DeliverWebhook))]
    public async Task An_event_published_and_told_by_somebody_who_is_killed_anywhere_is_told_at_least_once_under_one_id()
    {
        List<string> ids = [];
        var calls = await CrashHarness.ForEveryStorageCallAsync(new CrashScenario<Guid>(
            async bank =>
            {
                ids.Clear();
                var made = await bank.Get<CreateEndpoint>().RunAsync(
                    new EndpointOrder(new Uri("https://desk.example.com/events"), ["thing.*"], "desk", "one"), AuditActor.Staff("administrator-1"), CancellationToken.None);
                return made.Value!.Endpoint.Id;
            },
            async (bank, _) =>
            {
                await bank.Get<PublishEvent>().RunAsync(Type, "thing-1", "thing-1", new Dictionary<string, string?> { ["state"] = "done", ["left"] = null }, CancellationToken.None);
                await DeliverAsync(bank);
            },
            async (bank, endpoint) =>
            {
                var told = (await bank.Get<ListEndpoints>().DeliveriesAsync(endpoint, PageRequest.First, CancellationToken.None)).Value!.Items;
                return (told.Count, ids.Distinct().Count()) switch
                {
                    (0, 0) => 0,
                    (1, 1) when told[0].State == DeliveryState.Delivered && told[0].Id == ids[0] => 1,
                    _ => -1,
                };
            })
        {
            Services = services =>
            {
                services.AddWebhooks().AddEventTypes(Type);
                WorkMessages.AddTo(services);
                services.Configure<WebhooksOptions>(options => (options.Key, options.Transport) = (Convert.ToBase64String(new byte[32]), () => new Receiver(ids)));
            },
            Heal = async (bank, _) =>
            {
                // Whoever had claimed it is given up on.
                bank.Clock.Advance(TimeSpan.FromMinutes(4));
                await bank.Get<SweepWebhooks>().RunAsync(CancellationToken.None);
                await DeliverAsync(bank);
                bank.Clock.Advance(TimeSpan.FromMinutes(11));
                await bank.Get<SweepWebhooks>().RunAsync(CancellationToken.None);
                await DeliverAsync(bank);
            },
        });

        Assert.InRange(calls, 11, 16);
    }

    /// <summary>Of every special range one, and neighbours that are public.</summary>
    [Theory]
    [InlineData("127.0.0.1"), InlineData("10.1.2.3"), InlineData("172.31.255.255"), InlineData("192.168.1.1"), InlineData("169.254.169.254"), InlineData("100.64.0.1"), InlineData("0.0.0.0")]
    [InlineData("224.0.0.1"), InlineData("255.255.255.255"), InlineData("::1"), InlineData("::"), InlineData("fe80::1"), InlineData("fd00::1"), InlineData("::ffff:127.0.0.1"), InlineData("2002:7f00:1::")]
    [InlineData("64:ff9b::7f00:1"), InlineData("2001:db8::1"), InlineData("ff02::1")]
    public void What_is_no_public_address_is_not_called(string address) => Assert.False(AllowedAddresses.IsPublic(IPAddress.Parse(address)));

    [Theory]
    [InlineData("1.1.1.1"), InlineData("172.32.0.1"), InlineData("100.128.0.1"), InlineData("2606:4700:4700::1111"), InlineData("::ffff:8.8.8.8")]
    public void Public_addresses_are_called(string address) => Assert.True(AllowedAddresses.IsPublic(IPAddress.Parse(address)));

    private static async Task DeliverAsync(TestBank bank)
    {
        foreach (var due in bank.Get<WorkMessages>().Take<WebhookDue>(WorkQueues.WebhookDeliveries))
            await bank.Get<DeliverWebhook>().RunAsync(due, CancellationToken.None);
    }

    /// <param name="ids">What was told, in the order in which it came; of the banks of all runs.</param>
    private sealed class Receiver(List<string> ids) : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            ids.Add(request.Headers.GetValues("webhook-id").Single());
            return Task.FromResult(new HttpResponseMessage(HttpStatusCode.OK));
        }
    }
}
