using System.Text.Json.Nodes;
using Serverless.Functions.Tests.Http;
using Serverless.Functions.Tests.Interbank;
using Serverless.Functions.Tests.Transfers;
using Serverless.Testing;

namespace Serverless.Functions.Tests.EKlikPayments;

/// <summary>One bank for everything that eKlik's users do once they are signed in, and for the bank's public pages. A business day at ten.</summary>
public sealed class EKlikPaymentsBank : InterbankBank
{
    public const string Name = "eKlik payments";

    public const string ContactCentre = "qendra.kontaktuese@example.com";

    /// <summary>A session of an eKlik user of the customer.</summary>
    /// <param name="rights"><c>payment</c> or <c>info</c>.</param>
    public async Task<Sender> EKlikAsync(string number, string rights = "payment") => new(
        this, number, (await Bank.SignIn.RunAsync(new SignInWish(number, rights, User: $"{rights}.{number}"))).Token);

    /// <summary>Days are hours here, so that the clock need not go far.</summary>
    protected override void Configure(IDictionary<string, string?> settings)
    {
        settings["Cancellations:RemindAfter"] = "01:00:00";
        settings["Cancellations:DecideWithin"] = "02:00:00";
        settings["Cancellations:ConsentWithin"] = "01:00:00";
        settings["Cancellations:RecallWithin"] = "01:00:00";
    }

    public Task<string> AgentAsync(string id = "agent-1") => Bank.TokenAsync(new() { ["staff"] = id, ["roles"] = "contact_centre" });

    /// <summary>A second member of staff says yes to a change that another proposed.</summary>
    /// <returns>The change's state.</returns>
    public async Task<string> ApproveAsync(Answer proposed)
    {
        Assert.True(proposed.Status == 201, proposed.ToString());
        var decided = await Bank.CallAsync("PUT", $"backoffice/v1/changes/{proposed.Json["id"]}/decision", """{"decision":"approve"}""", await OfficerAsync());
        Assert.True(decided.Status == 200, decided.ToString());
        return (string)decided.Json["state"]!;
    }

    public async Task<JsonNode[]> MailsAsync(string address)
    {
        await Bank.WhenIdleAsync();
        return [.. JsonNode.Parse(await Bank.Sandbox.GetStringAsync("inbox/messages?channel=email"))!["messages"]!.AsArray()
            .Where(mail => (string)mail!["to"]! == address).Select(mail => mail!).Reverse()];
    }
}

[CollectionDefinition(EKlikPaymentsBank.Name)]
public sealed class EKlikPayments : ICollectionFixture<EKlikPaymentsBank>;
