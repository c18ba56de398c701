namespace Serverless.Sandbox.Gateways;

/// <summary>The ways to reach a customer; also the ids of the gateways.</summary>
internal static class Channels
{
    public const string Push = "push";
    public const string Sms = "sms";
    public const string Email = "email";

    public static readonly IReadOnlyList<(string Id, string Label, string Party)> All =
    [
        (Push, "Push", "Push gateway"), (Sms, "SMS", "SMS gateway"), (Email, "E-mail", "E-mail gateway"),
    ];

    public static string Label(string id) => All.Single(channel => channel.Id == id).Label;
}
