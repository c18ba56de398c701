using Microsoft.AspNetCore.Http;
using Serverless.Banking;
using Serverless.Banking.Sessions;
using Serverless.Banking.Text;
using Serverless.Banking.Transfers;
using Serverless.Functions.Http;

namespace Serverless.Functions.Transfers;

internal static class CallingDevice
{
    /// <summary>What may be written on a transfer: eKlik's rule is its own (EKL-17).</summary>
    public static DescriptionLetters DescriptionLetters(this HttpRequest request) =>
        request.CustomerCaller().Channel == SessionChannel.EKlik ? Banking.Text.DescriptionLetters.Plain : Banking.Text.DescriptionLetters.Albanian;

    /// <summary>eKlik's rule for a text that the bank checks once more by the common one.</summary>
    /// <returns>The value; or the fault of the text.</returns>
    public static Result<T> CheckDescription<T>(this HttpRequest request, string? text, string field, T value) =>
        text is null || request.DescriptionLetters() == Banking.Text.DescriptionLetters.Albanian
            ? value
            : Description.Find(text, field, Banking.Text.DescriptionLetters.Plain).Then<T>(_ => value);

    /// <summary>What the session says about where he calls from.</summary>
    public static OrderingDevice Device(this HttpRequest request) =>
        request.CustomerCaller() is var caller ? new OrderingDevice(caller.DeviceTrusted, caller.Channel.Code()) : throw new InvalidOperationException();
}
