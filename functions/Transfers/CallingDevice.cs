using Microsoft.AspNetCore.Http;
using Serverless.Banking.Sessions;
using Serverless.Banking.Transfers;
using Serverless.Functions.Http;

namespace Serverless.Functions.Transfers;

internal static class CallingDevice
{
    /// <summary>What the session says about where he calls from.</summary>
    public static OrderingDevice Device(this HttpRequest request) =>
        request.CustomerCaller() is var caller ? new OrderingDevice(caller.DeviceTrusted, caller.Channel.Code()) : throw new InvalidOperationException();
}
