using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Extensions.Abstractions;
using Microsoft.Extensions.DependencyInjection;

namespace Serverless.Emulator.Hosting;

internal sealed class TimerExtension : IHostExtension
{
    public void Configure(IServiceCollection services, HostStartup startup)
    {
        if (startup.KeepsTimersInProcess)
            services.AddSingleton<ITimerStatusStore, ProcessTimers>().AddSingleton<ITimerLock, ProcessTimers>();
        else
            services.AddSingleton<ITimerStatusStore, BlobTimerStatusStore>().AddSingleton<ITimerLock, BlobTimerLock>();
    }

    public bool Handles(TriggerBindingAttribute trigger) => trigger is TimerTriggerAttribute;

    public void Validate(HostedFunction function, HostStartup startup)
    {
        var trigger = (TimerTriggerAttribute)function.Trigger;
        ScheduleOf(function, startup);
        RetryDelays.Validate(function);
        if (trigger.UseMonitor && startup.Configuration["AzureWebJobsStorage"] is not { Length: > 0 })
            throw new FunctionMisconfiguredException(function.Name, "the setting 'AzureWebJobsStorage' is missing: the timer's status is kept there.");
    }

    public IFunctionListener CreateListener(HostedFunction function, IServiceProvider services) =>
        ActivatorUtilities.CreateInstance<TimerListener>(services, function);

    public static TimerSchedule ScheduleOf(HostedFunction function, HostStartup startup)
    {
        var text = startup.Resolve(((TimerTriggerAttribute)function.Trigger).Schedule, function.Name);
        return TimerSchedule.Parse(text, Zone(function, startup), function.Name);
    }

    private static TimeZoneInfo Zone(HostedFunction function, HostStartup startup)
    {
        if (startup.Configuration["WEBSITE_TIME_ZONE"] is not { Length: > 0 } id)
            return TimeZoneInfo.Utc;

        return TimeZoneInfo.TryFindSystemTimeZoneById(id, out var zone)
            ? zone
            : throw new FunctionMisconfiguredException(function.Name, $"the setting 'WEBSITE_TIME_ZONE' names no time zone: '{id}'.");
    }
}
