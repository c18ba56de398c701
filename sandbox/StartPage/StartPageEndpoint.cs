using Serverless.Sandbox.Billers;
using Serverless.Sandbox.Clock;
using Serverless.Sandbox.Http;
using Serverless.Sandbox.Issuer;
using Serverless.Sandbox.Knobs;
using Serverless.Sandbox.Sanctions;

namespace Serverless.Sandbox.StartPage;

/// <summary>What a person sees first: who is here, how they fare, and lines to copy.</summary>
internal static class StartPageEndpoint
{
    public static void MapStartPage(this IEndpointRouteBuilder app) =>
        app.MapGet("/", (HttpContext context, Parties parties, BillerCatalogue billers, People people, SandboxClock clock) =>
            Page.Show(context, "Parties", "/", _ => Body(parties, billers, people, $"{context.Request.Scheme}://{context.Request.Host}", clock)));

    private static Html Body(Parties parties, BillerCatalogue billers, People people, string address, SandboxClock clock) => Html.Of($"""
        <h1>Everybody the bank talks to</h1>
        <p class="soft">Docs: <code>docs/partners.md</code>. The sandbox's clock says <time datetime="{clock.Now:yyyy-MM-ddTHH:mm:ssZ}">{clock.Now:yyyy-MM-dd HH:mm:ss} UTC</time>
        (<a href="/clock">clock</a>). <a href="/webhooks/sent">Webhooks sent</a>, <a href="/knobs">knobs as JSON</a>, <a href="/inbox">inbox</a>.</p>
        <div class="scroll"><table>
        <tr><th>Party</th><th>Address</th><th>State</th><th>See</th></tr>
        {Html.Join(parties.All.Select(Row))}
        </table></div>
        <h2>Subscribers</h2>
        <div class="scroll"><table>
        <tr><th>Company</th><th>Code</th><th>Subscriber</th><th>Unpaid</th></tr>
        {Html.Join(billers.All.SelectMany(biller => biller.Seed.Subscribers.Select(subscriber => Row(biller, subscriber))))}
        </table></div>
        <h2>Staff</h2>
        <div class="scroll"><table>
        <tr><th>Id</th><th>Name</th><th>Roles</th></tr>
        {Html.Join(people.Staff.Select(member => Html.Of($"<tr><td>{member.Id}</td><td>{member.Name}</td><td>{string.Join(", ", member.Roles)}</td></tr>")))}
        </table></div>
        <h2>To copy</h2>
        <pre>{Samples(address)}</pre>
        """);

    private static Html Row(Party party)
    {
        var symptoms = party.Knobs.Symptoms();
        var state = symptoms.Count == 0 ? Html.Of($"""<span class="well">well</span>""") : Html.Of($"""<span class="ill">{string.Join(", ", symptoms)}</span>""");
        return Html.Of($"<tr><td>{party.Name}</td><td><code>{Address(party)}</code></td><td>{state}</td><td>{See(party)}</td></tr>");
    }

    private static Html Row(Biller biller, SubscriberSeed subscriber)
    {
        var unpaid = biller.Unpaid(subscriber.ClientCode).Select(invoice => $"{invoice.Number}: {invoice.Amount.Amount} {invoice.Amount.Currency}").ToArray();
        return Html.Of($"""
            <tr><td>{biller.Name}</td><td><code>{subscriber.ClientCode}</code></td><td>{subscriber.Name}</td><td>{(unpaid.Length == 0 ? "nothing" : string.Join(", ", unpaid))}</td></tr>
            """);
    }

    private static string Address(Party party) => party.Kind switch
    {
        PartyKind.Biller => $"/billers/{party.Id}",
        PartyKind.Gateway => $"/gateways/{party.Id}",
        PartyKind.Network => $"/networks/{party.Id}",
        PartyKind.Remitter => $"/remitters/{party.Id}",
        PartyKind.Pensions => $"/managers/{party.Id}",
        PartyKind.Insurer => $"/insurers/{party.Id}",
        PartyKind.CardProcessor => $"/processors/{party.Id}",
        PartyKind.CardServer => $"/card-servers/{party.Id}",
        PartyKind.Ocr => $"/readers/{party.Id}",
        PartyKind.Scanner => $"/scanners/{party.Id}",
        PartyKind.Rates => $"/feeds/{party.Id}",
        PartyKind.VideoIdentifier => $"/video-identifiers/{party.Id}",
        PartyKind.Sanctions => $"/lists/{party.Id}",
        PartyKind.CreditRegistry => $"/credit-registries/{party.Id}",
        PartyKind.Signer => $"/signers/{party.Id}",
        PartyKind.BackOffice => $"/back-offices/{party.Id}",
        PartyKind.Issuer => $"/{party.Id}",
        var kind => throw new InvalidOperationException($"Where is a {kind}?"),
    };

    private static Html See(Party party)
    {
        var (path, label) = party.Kind switch
        {
            PartyKind.Biller => ("/payments", "payments"),
            PartyKind.Network => ("", "desk"),
            PartyKind.Remitter => ("/remittances", "remittances"),
            PartyKind.Pensions => ("/contributions", "contributions"),
            PartyKind.Insurer => ("/orders", "orders"),
            PartyKind.CardProcessor => ("/cards", "cards"),
            PartyKind.CardServer => ("/purchases", "purchases"),
            PartyKind.Rates => ("/eurofxref-daily.xml", "feed"),
            PartyKind.VideoIdentifier => ("/sessions", "sessions"),
            PartyKind.Sanctions => (party.Id == PepList.Id ? "/entities.ftm.json" : "/consolidated.xml", "list"),
            PartyKind.CreditRegistry => ("/enquiries", "enquiries"),
            PartyKind.Signer => ("/signatures", "signatures"),
            PartyKind.Issuer => ("/.well-known/openid-configuration", "discovery"),
            _ => default((string, string)?),
        } ?? ("", "");
        return party.Kind == PartyKind.Gateway ? Html.Of($"""<a href="/inbox?channel={party.Id}">messages</a>""")
            : label == "" ? Html.Empty
            : Html.Of($"""<a href="{Address(party)}{path}">{label}</a>""");
    }

    private static string Samples(string address) => string.Join('\n', [
        $"curl {address}/issuer/token -d staff=teller-1",
        $$"""curl {{address}}/billers/oshee/invoices -d '{"clientCode":"TR0.A0000000000000","number":"000000002","amount":{"amount":"950.00","currency":"ALL"},"notify":true}'""",
        $$"""curl -X PUT {{address}}/knobs/oshee -d '{"latencyMs":500,"errorRate":0.2,"seed":1}'""",
        $"curl -X DELETE {address}/knobs/oshee",
    ]);
}
