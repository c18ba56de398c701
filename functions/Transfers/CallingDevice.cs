using Microsoft.AspNetCore.Http;
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

    /// <summary>What the session says about where he calls from.</summary>
    public static OrderingDevice Device(this HttpRequest request) =>
        request.CustomerCaller() is var caller ? new OrderingDevice(caller.DeviceTrusted, caller.Channel.Code()) : throw new InvalidOperationException();
}
