using System.Text.RegularExpressions;
using Serverless.Sandbox.Billers;
using Serverless.Sandbox.Clock;
using Serverless.Sandbox.Http;
using Serverless.Sandbox.Knobs;

namespace Serverless.Sandbox.Interbank;

/// <summary>What somebody inside the network does: the calls that only the sandbox has, as JSON and as a page.</summary>
internal static partial class InterbankDesk
{
    public static void MapInterbankDesk(this IEndpointRouteBuilder address)
    {
        var network = address.ServiceProvider.GetRequiredService<InterbankNetwork>();
        var answers = address.ServiceProvider.GetRequiredService<NetworkAnswers>();
        var clock = address.ServiceProvider.GetRequiredService<SandboxClock>();

        address.MapGet("", (HttpContext context) => Page.Show(context, "Interbank network", "/networks", _ => Body(network.All())));
        address.MapGet("/messages", () => Answers.Json(200, new MessagesResponse(network.All())));
        address.MapPost("/messages/{messageId}/{action}", async (string messageId, string action, HttpRequest request) =>
        {
            if (request.HasFormContentType || request.ContentLength is null or 0)
            {
                var done = Do(request.HttpContext, messageId, action, new DeskRequest(null, null));
                return request.HasFormContentType ? TypedResults.Redirect($"/networks/{InterbankNetwork.Id}") : done;
            }

            return await request.ReadAsync<DeskRequest, DeskRequest>(
                (body, faults) =>
                {
                    if (body.Amount is not null)
                        Money.ReadPositive("/amount", body.Amount, faults);
                    if (body.Reason is not null)
                        faults.Matching("/reason", body.Reason, ReasonShape(), "an ISO 20022 code of four capital letters and digits");
                    return body;
                },
                wanted => Do(request.HttpContext, messageId, action, wanted));
        });
        address.MapPost("/transfers", (HttpRequest request) => request.ReadAsync<TransferRequest, IncomingTransfer>(
            (body, faults) => new IncomingTransfer(
                body.MessageId is null ? network.NextId("IN") : faults.Code("/messageId", body.MessageId, 35),
                body.EndToEndId ?? "NOTPROVIDED",
                Money.ReadPositive("/amount", body.Amount, faults),
                body.DebtorName ?? "Hans Muster",
                body.DebtorAccount,
                faults.Text("/creditorName", body.CreditorName, 140),
                faults.Text("/creditorAccount", body.CreditorAccount, 34),
                body.Remittance),
            transfer =>
            {
                answers.Send(request.HttpContext.Party(), NetworkTypes.Transfer, NetworkXml.WriteTransfer(transfer, clock.Now));
                return Answers.Json(202, new InterbankEndpoints.Received(transfer.MessageId, "sent"));
            }));
        address.MapPost("/raw", (HttpRequest request) => request.ReadAsync<RawRequest, RawRequest>(
            (body, faults) => new RawRequest(faults.Text("/type", body.Type, 50), faults.Text("/message", body.Message, 200_000)),
            raw =>
            {
                answers.Send(request.HttpContext.Party(), raw.Type!, raw.Message!);
                return Answers.Json(202, new InterbankEndpoints.Received("", "sent"));
            }));

        IResult Do(HttpContext context, string messageId, string action, DeskRequest wanted)
        {
            if (network.Find(messageId) is not { } known)
            {
                return Answers.Refuse(404, "unknown_message", "The network has never received such a message.");
            }

            if (action is not ("settle" or "reject" or "return" or "repeat"))
            {
                return SandboxGuard.NotFound();
            }

            if (action == "repeat")
            {
                answers.TellStatus(context.Party(), known);
                return Answers.Json(200, known);
            }

            var changed = action switch
            {
                "settle" => answers.Settle(context.Party(), messageId, NetworkStatus.Settled, null),
                "reject" => answers.Settle(context.Party(), messageId, NetworkStatus.Rejected, wanted.Reason ?? "AC04"),
                _ => answers.SendBack(context.Party(), messageId, wanted.Reason ?? "AC04", wanted.Amount),
            };
            return changed is null
                ? Answers.Refuse(409, "not_possible", $"The message is {known.Status.ToString().ToLowerInvariant()}.")
                : Answers.Json(200, changed);
        }
    }

    private static Html Body(IReadOnlyList<NetworkMessage> messages) => Html.Of($"""
        <h1>Interbank network</h1>
        <p class="soft">Messages of the bank, newest first. Settle, reject and return tell the bank by signed webhook.</p>
        <div class="scroll"><table>
        <tr><th>Message</th><th>Kind</th><th>Amount</th><th>From</th><th>To</th><th>State</th><th>Do</th></tr>
        {Html.Join(messages.Reverse().Select(Row))}
        </table></div>
        """);

    private static Html Row(NetworkMessage message) => Html.Of($"""
        <tr><td><code>{message.MessageId}</code></td><td>{message.Kind}</td><td>{message.Amount.Amount} {message.Amount.Currency}</td><td>{message.Debtor}</td>
        <td>{message.Creditor}</td><td>{message.Status.ToString()} {message.Reason}</td>
        <td>{Html.Join(new[] { "settle", "reject", "return", "repeat" }.Select(action => Html.Of(
            $"""<form method="post" action="/networks/{InterbankNetwork.Id}/messages/{message.MessageId}/{action}"><button>{action}</button></form>""")))}</td></tr>
        """);

    [GeneratedRegex(@"\A[A-Z0-9]{4}\z")]
    private static partial Regex ReasonShape();

    internal sealed record DeskRequest(string? Reason, Money? Amount);

    internal sealed record TransferRequest(
        string? MessageId, string? EndToEndId, Money? Amount, string? DebtorName, string? DebtorAccount, string? CreditorName, string? CreditorAccount, string? Remittance);

    internal sealed record RawRequest(string? Type, string? Message);

    internal sealed record MessagesResponse(IReadOnlyList<NetworkMessage> Messages);
}
