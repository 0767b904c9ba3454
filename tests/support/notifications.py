"""A notification service for tests, on the session bus of the environment.

notifications.py LOG [--press WORD] [--close] [--silent] [--plain]
Each notification becomes a line of JSON in LOG; so does each that is to be closed. --press invokes the button whose key
begins with WORD, --close closes what was shown as a person would, --silent never answers, --plain has no buttons."""
import json
import sys

import dbus
import dbus.mainloop.glib
import dbus.service
from gi.repository import GLib

NAME = "org.freedesktop.Notifications"
log, options = sys.argv[1], sys.argv[2:]
press = options[options.index("--press") + 1] if "--press" in options else None


def note(**what):
    with open(log, "a") as f:
        f.write(json.dumps(what) + "\n")


class Service(dbus.service.Object):
    last = 0

    @dbus.service.method(NAME, out_signature="ssss", async_callbacks=("answer", "fail"))
    def GetServerInformation(self, answer, fail):
        if "--silent" not in options:
            answer("testd", "pdh", "1", "1.2")

    @dbus.service.method(NAME, out_signature="as")
    def GetCapabilities(self):
        return ["body"] if "--plain" in options else ["actions", "body", "body-markup"]

    @dbus.service.method(NAME, in_signature="susssasa{sv}i", out_signature="u")
    def Notify(self, app, replaces, icon, title, body, actions, hints, expires):
        if not replaces:
            Service.last += 1
        number = int(replaces) or Service.last
        note(id=number, app=app, replaces=int(replaces), icon=icon, title=title, body=body, actions=list(actions),
             urgency=int(hints["urgency"]), expires=int(expires))
        for key in actions[::2]:
            if press and key.startswith(press):
                GLib.idle_add(lambda k=key: self.ActionInvoked(number, k) and False)
        if "--close" in options:
            GLib.idle_add(lambda: self.NotificationClosed(number, 2) and False)
        return dbus.UInt32(number)

    @dbus.service.method(NAME, in_signature="u")
    def CloseNotification(self, number):
        note(closed=int(number))

    @dbus.service.signal(NAME, signature="us")
    def ActionInvoked(self, number, key):
        pass

    @dbus.service.signal(NAME, signature="uu")
    def NotificationClosed(self, number, reason):
        pass


dbus.mainloop.glib.DBusGMainLoop(set_as_default=True)
bus = dbus.SessionBus()
name = dbus.service.BusName(NAME, bus, do_not_queue=True)
service = Service(bus, "/org/freedesktop/Notifications")
note(ready=True)
GLib.MainLoop().run()
